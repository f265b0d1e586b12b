import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ReplyFrom } from '../../lib/endpoints';
import { useCall } from '../../lib/use-call';
import { Await } from '../../ui/await';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import './category-choice.scss';

export type Category = ReplyFrom<'categories.list'>['categories'][number];

interface CategoryChoiceProps {
  readonly label: string;
  readonly error?: string;
  readonly value: string | null;
  readonly onChange: (category: Category) => void;
  /** Leaves out what cannot be chosen here. */
  readonly only?: (category: Category) => boolean;
}

const everything = (): boolean => true;

/** All categories by field; the chosen one alone once there is one, because that is nearly always right. */
export function CategoryChoice({ label, error, value, onChange, only = everything }: CategoryChoiceProps) {
  const list = useCall('categories.list');
  const [changing, setChanging] = useState(false);
  return (
    <Labelled label={label} error={error}>
      <Await query={list} rows={1}>
        {({ categories }) => {
          const chosen = categories.find(({ id }) => id === value);
          if (chosen && !changing) {
            return (
              <View className="category-choice__chosen">
                <View className="category-choice__name">{chosen.name}</View>
                <Button short look="text" label={`${label}，改一下`} onPress={() => setChanging(true)}>
                  改一下
                </Button>
              </View>
            );
          }
          return (
            <ByField
              categories={categories.filter((category) => category.active && only(category))}
              value={value}
              onChange={(category) => {
                setChanging(false);
                onChange(category);
              }}
            />
          );
        }}
      </Await>
    </Labelled>
  );
}

interface ByFieldProps {
  readonly categories: readonly Category[];
  readonly value: string | null;
  readonly onChange: (category: Category) => void;
}

function ByField({ categories, value, onChange }: ByFieldProps) {
  const fields = [...new Set(categories.map(({ fieldName }) => fieldName))];
  return (
    <>
      {fields.map((field) => {
        const inField = categories.filter(({ fieldName }) => fieldName === field);
        return (
          <View key={field} className="category-choice__field">
            <View className="category-choice__head">{field}</View>
            <Choice
              label={field}
              options={inField.map(({ id, name }) => ({ value: id, words: name }))}
              value={value}
              onChange={(id) => {
                const category = inField.find((each) => each.id === id);
                if (category) onChange(category);
              }}
            />
          </View>
        );
      })}
    </>
  );
}
