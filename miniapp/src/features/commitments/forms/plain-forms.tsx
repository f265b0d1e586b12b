import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import {
  commitmentLimits,
  commitmentResults,
  type CommitmentResult,
} from '@sandan/shared/commitments/commitment.words';
import { commitmentLifecycle } from '@sandan/shared/commitments/commitment.lifecycle';
import { useAct } from '../../../lib/use-call';
import { toast } from '../../../ui/toast';
import { ActSheet, type Doing } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';
import { Hints } from '../wording-help';
import './forms.scss';

interface PlainSheetProps {
  readonly title: string;
  readonly yes: string;
  readonly done: string;
  readonly act: Doing<Record<string, never>>;
  readonly onClose: () => void;
}

/** An action that takes nothing: says what it will bring about, and asks once. */
function PlainSheet({ title, yes, done, act, onClose, children }: PropsWithChildren<PlainSheetProps>) {
  const onSuccess = () => {
    toast(done);
    onClose();
  };
  return (
    <ActSheet title={title} yes={yes} doing={act} onYes={() => act.mutate({}, { onSuccess })} onClose={onClose}>
      <View className="deed-form__then">{children}</View>
    </ActSheet>
  );
}

/** 报审: what cannot be checked later is said once more, and never stands in the way. */
export function SubmitForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.submit', { commitmentId: commitment.id });
  return (
    <PlainSheet title="报给书记审？" yes="报审" done="报上去了，审完会告诉您" act={act} onClose={onClose}>
      <View>报上去以后先不能改；要改可以撤回来。</View>
      <Hints hints={commitment.hints} />
    </PlainSheet>
  );
}

export function RecallForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.recall', { commitmentId: commitment.id });
  return (
    <PlainSheet title="撤回来改？" yes="撤回修改" done="撤回来了，改好再报" act={act} onClose={onClose}>
      改好以后要重新报审。
    </PlainSheet>
  );
}

/** 亮诺: from then on everybody in the town reads it. */
export function PublishForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.publish', { commitmentId: commitment.id });
  return (
    <PlainSheet title="向大家公示？" yes="亮诺" done="亮诺了" act={act} onClose={onClose}>
      {`公示以后全镇都看得到，${commitmentLimits.opinionDays} 天里大家可以提意见；再要改，得申请变更。`}
    </PlainSheet>
  );
}

export function TakeBackForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.takeBack', { commitmentId: commitment.id });
  return (
    <PlainSheet title="先不报兑现？" yes="撤回兑现" done="撤回来了，接着办" act={act} onClose={onClose}>
      回到“履诺中”，办好了再报一次。
    </PlainSheet>
  );
}

/** 更正: a second person of the town confirms what the first one asked for. */
export function CorrectForm({ commitment, onClose }: DeedFormProps) {
  const act = useAct('commitments.correct', { commitmentId: commitment.id });
  return (
    <PlainSheet title="确认更正结果？" yes="确认更正" done="更正了" act={act} onClose={onClose}>
      另一位同志申请更正，理由在“经过”里。您确认后，结果和数字一起改，也会公开。
    </PlainSheet>
  );
}

/** The results of a year with their names, for whoever corrects one. */
export const resultOptions = (state: string): { value: CommitmentResult; words: string }[] =>
  commitmentResults
    .filter((result) => result !== state)
    .map((result) => ({ value: result, words: commitmentLifecycle.states[result].name }));
