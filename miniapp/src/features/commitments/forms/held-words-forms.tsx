import { View } from '@tarojs/components';
import { useState } from 'react';
import { useAct } from '../../../lib/use-call';
import { aria } from '../../../ui/aria';
import { Card } from '../../../ui/card';
import { Labelled } from '../../../ui/field';
import { PickRow } from '../../../ui/pick-row';
import { toast } from '../../../ui/toast';
import { ActSheet, type Doing } from '../../orders/act-sheet';
import type { DeedFormProps } from '../commitment-actions';

interface HeldWordsSheetProps extends DeedFormProps {
  readonly title: string;
  readonly yes: string;
  readonly done: string;
  readonly act: Doing<{ said: string }>;
}

/** 评诺的话 that the content check has held back, one by one; whose they are is nobody's business. */
function HeldWordsSheet({ commitment, title, yes, done, act, onClose }: HeldWordsSheetProps) {
  const waiting = commitment.ratings.filter(({ waits }) => waits);
  const [chosen, choose] = useState(waiting[0]?.words ?? null);
  if (chosen === null) return null;
  const onSuccess = () => {
    toast(done);
    onClose();
  };
  return (
    <ActSheet
      title={title}
      yes={yes}
      doing={act}
      onYes={() => act.mutate({ said: chosen }, { onSuccess })}
      onClose={onClose}
    >
      <Labelled
        label={waiting.length > 1 ? '先看哪一句？' : '这句话没有通过内容检查'}
        hint="星数照算，只定这句话放不放出来。"
      >
        <Card bare>
          <View {...aria({ role: 'radiogroup', label: '哪一句' })}>
            {waiting.map(({ words, stars }) => (
              <PickRow
                key={words}
                title={words}
                words={`${stars} 颗星`}
                chosen={words === chosen}
                onPress={() => choose(words)}
              />
            ))}
          </View>
        </Card>
      </Labelled>
    </ActSheet>
  );
}

export function ShowWordsForm(props: DeedFormProps) {
  const act = useAct('commitments.showWords', { commitmentId: props.commitment.id });
  return <HeldWordsSheet {...props} title="公开这句话？" yes="公开" done="公开了" act={act} />;
}

export function HideWordsForm(props: DeedFormProps) {
  const act = useAct('commitments.hideWords', { commitmentId: props.commitment.id });
  return (
    <HeldWordsSheet {...props} title="不公开这句话？" yes="不公开" done="不公开，只有他自己和您看得到" act={act} />
  );
}
