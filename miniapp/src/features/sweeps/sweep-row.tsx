import { sweepKinds } from '@sandan/shared/sweeps/sweep.words';
import { View } from '@tarojs/components';
import { Pressable } from '../../ui/pressable';
import { ProgressBar } from '../../ui/progress-bar';
import { DueTag, StageTag } from '../../ui/tags';
import type { SweepCard } from './sweep';
import './sweeps.scss';

interface SweepRowProps {
  readonly sweep: SweepCard;
  readonly selected?: boolean;
  readonly onPress: () => void;
}

/** A sweep in a list: what, where, until when, how far. */
export function SweepRow({ sweep, selected = false, onPress }: SweepRowProps) {
  const { title, kind, gridName, state, stage, stateName, deadline, overdue, households, done } = sweep;
  return (
    <Pressable className="sweep-row card" selected={selected} onPress={onPress}>
      <View className="sweep-row__title">{title}</View>
      <View className="sweep-row__words">{`${gridName}　${sweepKinds[kind]}`}</View>
      <View className="sweep-row__tags">
        <StageTag stage={stage} words={stateName} />
        {state === 'running' && <DueTag dueAt={deadline} overdue={overdue} />}
      </View>
      {households > 0 && (
        <ProgressBar
          percent={(100 * done) / households}
          words={`${done} / ${households} 户`}
          colour={overdue ? 'overdue' : 'working'}
        />
      )}
    </Pressable>
  );
}
