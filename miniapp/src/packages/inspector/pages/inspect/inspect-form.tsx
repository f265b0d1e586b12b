import { View } from '@tarojs/components';
import { faultKinds, orderLimits, type FaultKind } from '@sandan/shared/orders/order.words';
import type { DraftInHand } from '../../../../lib/draft';
import { aria } from '../../../../ui/aria';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { PhotosField } from '../../../../ui/photos-field';
import { PickRow } from '../../../../ui/pick-row';
import { Switch } from '../../../../ui/switch';
import { redoFaults, type InspectFields, type Missing, type Result } from './inspect-fields';

const results: Record<Result, readonly [title: string, meaning: string]> = {
  pass: ['通过', '办得属实，归档'],
  fault: ['记问题', '办的人五个工作日内可以申诉，过后归档'],
  redo: ['退回重办', '没办好，回到村里重新派单'],
};

interface InspectFormProps {
  readonly draft: DraftInHand<InspectFields>;
  readonly errors: Missing;
}

export function InspectForm({ draft: { fields, change }, errors }: InspectFormProps) {
  const { result, fault, words, photoIds, calledBack } = fields;
  const kinds = (Object.keys(faultKinds) as FaultKind[]).filter(
    (kind) => result !== 'redo' || redoFaults.includes(kind),
  );
  return (
    <Card title="督查下来">
      <Card bare>
        <Switch
          title="回访过群众"
          words="打电话或上门问过本人"
          on={calledBack}
          onChange={(value) => change({ calledBack: value })}
        />
      </Card>
      <Labelled label="结果" error={errors['result']}>
        <Card bare>
          <View {...aria({ role: 'radiogroup', label: '结果' })}>
            {(Object.keys(results) as Result[]).map((value) => (
              <PickRow
                key={value}
                title={results[value][0]}
                words={results[value][1]}
                chosen={value === result}
                onPress={() => change({ result: value })}
              />
            ))}
          </View>
        </Card>
      </Labelled>
      {result !== null && result !== 'pass' && (
        <Labelled label="什么问题" error={errors['fault']}>
          <Choice
            label="什么问题"
            options={kinds.map((value) => ({ value, words: faultKinds[value] }))}
            value={fault}
            onChange={(value) => change({ fault: value })}
          />
        </Labelled>
      )}
      <TextArea
        label="查了什么"
        example="比如：到现场看过，灯亮着；电话问过本人，满意"
        value={words}
        error={errors['words']}
        onChange={(value) => change({ words: value })}
      />
      <PhotosField photoIds={photoIds} max={orderLimits.photos} onChange={(ids) => change({ photoIds: ids })} />
    </Card>
  );
}
