import { changeKinds, type ChangeKind } from '@sandan/shared/commitments/commitment.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../../lib/draft';
import { useAct } from '../../../lib/use-call';
import { useNow } from '../../../lib/use-now';
import { dateAfter } from '../../../lib/china-instant';
import { Choice, optionsOf } from '../../../ui/choice';
import { DateField } from '../../../ui/date-fields';
import { Labelled, TextArea } from '../../../ui/field';
import { toast } from '../../../ui/toast';
import { ActSheet, fieldErrors } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';
import { contentBody, contentOf, missingInContent, type ContentDraft } from '../content-draft';
import { ContentFields } from '../content-fields';
import './forms.scss';

interface Fields extends ContentDraft {
  readonly changeKind: ChangeKind | null;
  readonly reason: string;
}

const meanings: Record<ChangeKind, string> = {
  amend: '把原来的话改一改，事还是这件事。',
  postpone: '年内晚一点办成。',
  replace: '这件办不了，换一件一样实在的。',
  abandon: '办不成了就停下；算兑现率时照样算一件没办成的。',
  carryOver: '今年办不完，明年接着办；年底记“结转”。',
};

/** 申请变更: what is public is never edited silently; the level above decides, both wordings stay. */
export function RequestChangeForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.requestChange', { commitmentId: commitment.id });
  const now = useNow();
  const [empty] = useState<Fields>({ ...contentOf(commitment), changeKind: null, reason: '' });
  const draft = useDraft(`requestChange.${commitment.id}.${commitment.version}`, empty);
  const { changeKind, reason } = draft.fields;
  const rewords = changeKind === 'amend' || changeKind === 'replace';
  const missing = missingInContent(draft.fields);
  const [tried, setTried] = useState(false);
  const wrong = fieldErrors(act.error);

  const ask = () => {
    setTried(true);
    if (changeKind === null) return;
    const withContent = rewords || changeKind === 'postpone';
    const [first] = Object.values(missing);
    if (withContent && first !== undefined) return toast(first);
    const onSuccess = () => {
      draft.clear();
      toast('报上去了，同意以前照原来的办');
      onClose();
    };
    const content = withContent ? { content: contentBody(draft.fields) } : {};
    act.mutate({ kind: changeKind, reason: reason.trim(), ...content }, { onSuccess });
  };
  return (
    <ActSheet
      title="申请变更"
      yes="报上去"
      doing={act}
      unready={changeKind === null || reason.trim() === ''}
      onYes={ask}
      onClose={onClose}
    >
      <Labelled label="要怎么变？" error={wrong['kind']}>
        <Choice
          label="要怎么变"
          options={optionsOf(changeKinds)}
          value={changeKind}
          onChange={(value) => draft.change({ changeKind: value })}
        />
        {changeKind && <View className="deed-form__note">{meanings[changeKind]}</View>}
      </Labelled>
      <TextArea
        label="为什么？"
        hint="原因会公开。"
        value={reason}
        error={wrong['reason']}
        onChange={(value) => draft.change({ reason: value })}
      />
      {changeKind === 'postpone' && (
        <DateField
          label="改到哪天？"
          value={draft.fields.deadline}
          from={dateAfter(now, 1)}
          to={`${commitment.year}-12-31`}
          error={wrong['deadline']}
          onChange={(deadline) => draft.change({ deadline })}
        />
      )}
      {rewords && (
        <ContentFields
          kind={commitment.kind}
          fields={draft.fields}
          errors={{ ...(tried ? missing : {}), ...wrong }}
          lastDay={`${commitment.year}-12-31`}
          onChange={draft.change}
        />
      )}
    </ActSheet>
  );
}
