import { View } from '@tarojs/components';
import { useState, type PropsWithChildren } from 'react';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { aria } from '../../../ui/aria';
import { Card } from '../../../ui/card';
import { Labelled, TextArea } from '../../../ui/field';
import { PickRow } from '../../../ui/pick-row';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import { KeepHeld } from './keep-held';
import type { DeedFormProps } from '../commitment-actions';

const empty = { words: '', keepHeld: false };

/** 答复意见, one by one, in public. */
export function AnswerOpinionForm({ commitment, onClose }: DeedFormProps) {
  const waiting = commitment.opinions.filter(({ answer }) => answer === null);
  const [chosen, choose] = useState(waiting[0]?.id ?? null);
  if (chosen === null) return null;
  // Each has an answer of its own, half written or not.
  return (
    <AnswerSheet
      key={chosen}
      commitmentId={commitment.id}
      opinionId={chosen}
      held={waiting.some(({ id, held }) => id === chosen && held)}
      onClose={onClose}
    >
      <Labelled label={waiting.length > 1 ? '先答复哪一条？' : '意见'}>
        <Card bare>
          <View {...aria({ role: 'radiogroup', label: '答复哪一条' })}>
            {waiting.map(({ id, by, words }) => (
              <PickRow key={id} title={words ?? ''} words={by} chosen={id === chosen} onPress={() => choose(id)} />
            ))}
          </View>
        </Card>
      </Labelled>
    </AnswerSheet>
  );
}

interface AnswerSheetProps extends Pick<DeedFormProps, 'onClose'> {
  readonly commitmentId: string;
  readonly opinionId: string;
  readonly held: boolean;
}

function AnswerSheet({ commitmentId, opinionId, held, onClose, children }: PropsWithChildren<AnswerSheetProps>) {
  const act = useAct('commitments.answerOpinion', { commitmentId });
  const draft = useDraft(`answerOpinion.${opinionId}`, empty);
  const { keepHeld } = draft.fields;
  const words = draft.fields.words.trim();
  const answer = () => {
    const onSuccess = () => {
      draft.clear();
      toast('答复了');
      onClose();
    };
    act.mutate({ opinionId, words, ...(held ? { keepHeld } : {}) }, { onSuccess });
  };
  return (
    <ActSheet title="答复意见" yes="公开答复" doing={act} unready={words === ''} onYes={answer} onClose={onClose}>
      {children}
      <TextArea
        label="答复"
        hint="大家都看得到。要改承诺，答复以后再申请变更。"
        value={draft.fields.words}
        error={fieldErrors(act.error)['words']}
        onChange={(value) => draft.change({ words: value })}
      />
      {held && <KeepHeld on={keepHeld} onChange={(on) => draft.change({ keepHeld: on })} />}
    </ActSheet>
  );
}
