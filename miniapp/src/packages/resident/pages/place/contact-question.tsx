import { useState } from 'react';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import { Row } from '../../../../ui/row';
import { Switch } from '../../../../ui/switch';
import { View } from '@tarojs/components';
import { isForFamily } from './place-draft';
import type { QuestionProps } from './place-form';

const anyTime = '随时';
const times = [anyTime, '上午', '下午', '晚上'].map((value) => ({ value, words: value }));

/** 怎么找您: the known number unless another is given, when it suits, and whether others may see it. */
export function ContactQuestion(props: QuestionProps) {
  const { fields, asked, onChange } = props;
  const ofFamily = isForFamily(fields, asked);
  const isProtected = asked.category.visibility === 'confidential';
  return (
    <Card bare title={headOf(isOfOther(asked.way), ofFamily)}>
      <View className="place__inside">
        <Phone {...props} />
        <Labelled label="什么时候方便？">
          <Choice
            label="什么时候方便"
            options={times}
            value={fields.bestTime ?? anyTime}
            onChange={(value) => onChange({ bestTime: value === anyTime ? null : value })}
          />
        </Labelled>
      </View>
      {isProtected ? (
        <Row icon="lock" title="这类事不公开" words="只有经办的人看得到" />
      ) : (
        <Switch
          title="不公开"
          words="只有经办的人看得到"
          on={fields.confidential}
          onChange={(confidential) => onChange({ confidential })}
        />
      )}
    </Card>
  );
}

const isOfOther = (way: QuestionProps['asked']['way']): boolean => way === 'proxy' || way === 'visit';

function headOf(isProxy: boolean, ofFamily: boolean): string {
  if (isProxy) return '怎么找本人';
  return ofFamily ? '怎么找家里人' : '怎么找您';
}

function Phone({ fields, asked, missing, onChange }: QuestionProps) {
  const [changing, setChanging] = useState(fields.phone !== '');
  const { phone: known } = asked.me;
  const isProxy = isOfOther(asked.way);
  const ofFamily = isForFamily(fields, asked);
  const ofOther = isProxy || ofFamily;
  if (known !== null && !ofOther && !changing) {
    return (
      <View className="place__phone">
        <View className="place__number">{`打 ${known}`}</View>
        <Button short look="text" label="换一个电话" onPress={() => setChanging(true)}>
          换一个
        </Button>
      </View>
    );
  }
  return (
    <Field
      label={phoneLabel(isProxy, ofFamily)}
      hint={phoneHint(isProxy, ofOther, known)}
      kind="number"
      maxLength={11}
      value={fields.phone}
      error={missing.phone}
      onChange={(phone) => onChange({ phone })}
    />
  );
}

function phoneLabel(isProxy: boolean, ofFamily: boolean): string {
  if (isProxy) return '本人电话';
  return ofFamily ? '家里人的电话' : '您的电话';
}

function phoneHint(isProxy: boolean, ofOther: boolean, known: string | null): string | undefined {
  if (isProxy) return '没有就不填';
  if (known === null) return undefined;
  return ofOther ? `不填就打给您，${known}` : `不填就打 ${known}`;
}
