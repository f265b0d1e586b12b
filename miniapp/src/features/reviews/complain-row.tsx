import {
  complaintReasons,
  reviewLimits,
  type CheckedName,
  type ComplaintReason,
} from '@sandan/shared/reviews/review.words';
import { useState } from 'react';
import { useDraft } from '../../lib/draft';
import { usePut } from '../../lib/use-call';
import { Card } from '../../ui/card';
import { Choice, optionsOf } from '../../ui/choice';
import { Labelled, TextArea } from '../../ui/field';
import { Row } from '../../ui/row';
import { toast } from '../../ui/toast';
import { ActSheet, fieldErrors } from '../orders/act-sheet';

/** One thing on the page that somebody else wrote. */
export interface Complainable {
  readonly field: CheckedName;
  readonly thingId: string;
  /** Of what has no name of its own. */
  readonly said?: string;
  /** What it says, or 照片 2. */
  readonly words: string;
}

/** 投诉、举报: one quiet line at the foot of a page, for all that others wrote there. */
export function ComplainRow({ things }: { things: readonly Complainable[] }) {
  const [open, setOpen] = useState(false);
  if (things.length === 0) return null;
  return (
    <>
      <Card bare>
        <Row icon="shield-alert" title="投诉、举报" words="有不合适的内容，告诉我们。" onPress={() => setOpen(true)} />
      </Card>
      {open && <ComplainSheet things={things} onClose={() => setOpen(false)} />}
    </>
  );
}

interface Fields {
  chosen: string | null;
  reason: ComplaintReason | null;
  words: string;
}
const empty: Fields = { chosen: null, reason: null, words: '' };
const keyOf = ({ field, thingId, said = '' }: Complainable): string => `${field} ${thingId} ${said}`;
const shortOf = (words: string): string => (words.length > 24 ? `${words.slice(0, 24)}…` : words);

function ComplainSheet({ things, onClose }: { things: readonly Complainable[]; onClose: () => void }) {
  const [first] = things;
  const draft = useDraft(`complain.${first?.thingId ?? ''}`, empty);
  const act = usePut('reviews.complain');
  const { reason, words } = draft.fields;
  const only = things.length === 1 ? first : undefined;
  const thing = only ?? things.find((each) => keyOf(each) === draft.fields.chosen);
  const send = () => {
    if (!thing || !reason) return;
    const { field, thingId, said } = thing;
    const about = { field, thingId, ...(said === undefined ? {} : { said }) };
    const body = { about, reason, ...(words.trim() === '' ? {} : { words: words.trim() }) };
    const onSuccess = () => {
      draft.clear();
      toast('收到了，看过后告诉您');
      onClose();
    };
    act.mutate({ params: { complaintId: draft.id }, body }, { onSuccess });
  };
  return (
    <ActSheet title="投诉、举报" yes="投诉" onYes={send} onClose={onClose} doing={act} unready={!thing || !reason}>
      {!only && (
        <Labelled label="哪一条？">
          <Choice
            label="哪一条"
            options={things.map((each) => ({ value: keyOf(each), words: shortOf(each.words) }))}
            value={draft.fields.chosen}
            onChange={(chosen) => draft.change({ chosen })}
          />
        </Labelled>
      )}
      <Labelled label="怎么不合适？">
        <Choice
          label="怎么不合适"
          options={optionsOf(complaintReasons)}
          value={reason}
          onChange={(value) => draft.change({ reason: value })}
        />
      </Labelled>
      <TextArea
        label="还想说的（可以不写）"
        hint="写的人不会知道是谁投诉的。"
        maxLength={reviewLimits.complaintWords}
        error={fieldErrors(act.error)['words']}
        value={words}
        onChange={(value) => draft.change({ words: value })}
      />
    </ActSheet>
  );
}
