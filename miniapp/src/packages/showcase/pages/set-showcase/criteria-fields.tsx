import { View } from '@tarojs/components';
import { Button } from '../../../../ui/button';
import { Field, Labelled } from '../../../../ui/field';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { weightWords, type PlanDraft } from '../../planning/plan-draft';

interface CriteriaFieldsProps {
  readonly criteria: PlanDraft['criteria'];
  readonly error?: string;
  readonly onChange: (criteria: PlanDraft['criteria']) => void;
}

const most = 10;

/** By what the judges score, and how much each weighs. */
export function CriteriaFields({ criteria, error, onChange }: CriteriaFieldsProps) {
  const put = (at: number, some: Partial<PlanDraft['criteria'][number]>) =>
    onChange(criteria.map((each, index) => (index === at ? { ...each, ...some } : each)));
  return (
    <Labelled label="评委按什么打分？" hint={weightWords(criteria)} {...(error === undefined ? {} : { error })}>
      {criteria.map(({ name, weight }, index) => (
        <View key={index} className="criterion">
          <View className="criterion__name">
            <Field
              label={`标准 ${index + 1}`}
              example="比如：承诺兑现"
              maxLength={20}
              value={name}
              onChange={(value) => put(index, { name: value })}
            />
          </View>
          <View className="criterion__weight">
            <Field
              label="占 %"
              kind="number"
              maxLength={3}
              value={weight}
              onChange={(value) => put(index, { weight: value })}
            />
          </View>
          {criteria.length > 1 && (
            <Pressable
              className="criterion__remove"
              label={`去掉标准 ${index + 1}${name}`}
              onPress={() => onChange(criteria.filter((_, each) => each !== index))}
            >
              <Icon name="x" />
            </Pressable>
          )}
        </View>
      ))}
      {criteria.length < most && (
        <Button short look="text" icon="plus" onPress={() => onChange([...criteria, { name: '', weight: '' }])}>
          加一项标准
        </Button>
      )}
    </Labelled>
  );
}
