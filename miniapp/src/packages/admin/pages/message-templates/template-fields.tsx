import {
  messageValues,
  templates,
  wordsOf,
  type MessageKind,
  type TemplateKind,
} from '@sandan/shared/subscriptions/subscription.words';
import { View } from '@tarojs/components';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import type { TemplateField } from './typed-template';

interface FieldsProps {
  readonly kind: TemplateKind;
  readonly fields: readonly TemplateField[];
  /** By the field's own name or, where that itself is wrong, by its place. */
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (fields: TemplateField[]) => void;
}

const most = 10;
const fresh: TemplateField = { field: '', value: 'what', words: [] };

/** The fields of the template one by one, as its details in WeChat's console list them. */
export function TemplateFields({ kind, fields, errors, onChange }: FieldsProps) {
  const set = (index: number, some: Partial<TemplateField>) =>
    onChange(fields.map((each, at) => (at === index ? { ...each, ...some } : each)));
  return (
    <Card title="模板里的字段">
      <View className="templates__note">微信后台的模板里有几个字段，这里就填几个，一个都不能少。</View>
      {fields.map((field, index) => (
        <OneField
          key={index}
          {...{ kind, field, number: index + 1 }}
          error={errors[field.field] ?? errors[`fields.${index}.field`]}
          onChange={(some) => set(index, some)}
          onRemove={() => onChange(fields.filter((_, at) => at !== index))}
        />
      ))}
      {fields.length < most && (
        <Button short look="text" icon="plus" onPress={() => onChange([...fields, fresh])}>
          加一个字段
        </Button>
      )}
    </Card>
  );
}

interface OneProps {
  readonly kind: TemplateKind;
  readonly field: TemplateField;
  readonly number: number;
  readonly error: string | undefined;
  readonly onChange: (some: Partial<TemplateField>) => void;
  readonly onRemove: () => void;
}

function OneField({ kind, field: { field, value, words }, number, error, onChange, onRemove }: OneProps) {
  return (
    <View className="templates__field">
      <View className="templates__head">
        <Field
          label={`第 ${number} 个字段`}
          example="thing1"
          maxLength={23}
          value={field}
          error={error}
          onChange={(name) => onChange({ field: name })}
        />
        <Button short look="text" label={`去掉第 ${number} 个字段`} onPress={onRemove}>
          去掉
        </Button>
      </View>
      <Labelled label="填什么">
        <Choice
          label={`第 ${number} 个字段填什么`}
          options={optionsOf(messageValues)}
          value={value}
          onChange={(chosen) => onChange({ value: chosen })}
        />
      </Labelled>
      {field.startsWith('enum') && <EnumWords kind={kind} words={words} onChange={(all) => onChange({ words: all })} />}
    </View>
  );
}

interface EnumProps {
  readonly kind: TemplateKind;
  readonly words: TemplateField['words'];
  readonly onChange: (words: TemplateField['words']) => void;
}

/** 枚举: the template has words of its own, so each of our states is told by one of them. */
function EnumWords({ kind, words, onChange }: EnumProps) {
  const states = Object.keys(templates[kind].messages) as MessageKind[];
  const set = (state: MessageKind, word: string) =>
    onChange([...words.filter((each) => each.state !== state), ...(word === '' ? [] : [{ state, word }])]);
  return (
    <View className="templates__words">
      {states.map((state) => (
        <Field
          key={state}
          label={`“${wordsOf(state).state}”在模板里叫什么`}
          maxLength={20}
          value={words.find((each) => each.state === state)?.word ?? ''}
          onChange={(word) => set(state, word)}
        />
      ))}
    </View>
  );
}
