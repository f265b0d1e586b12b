import { personStandings, type PersonStanding } from '@sandan/shared/sweeps/sweep.words';
import { View } from '@tarojs/components';
import { Button } from '../../../../ui/button';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import { Placard } from '../../../../ui/trouble';
import type { DoorFormProps } from './check-form';
import { ResultChoice } from './result-choice';

const standings = optionsOf<PersonStanding>(personStandings);

/** 转移安置点名: one place for the whole house, one press for everybody, or person by person. */
export function RollCallForm({ form, persons, draft: { fields, change }, errors }: DoorFormProps) {
  const all = (standing: PersonStanding) =>
    change({ standings: Object.fromEntries(persons.map(({ personId }) => [personId, standing])) });
  const chosen = Object.values(fields.standings);
  return (
    <>
      {persons.length > 0 && (
        <>
          <Labelled label="转移到哪里？" {...(errors['persons'] === undefined ? {} : { error: errors['persons'] })}>
            <Choice
              label="转移到哪里"
              options={form.places.map(({ id, name }) => ({ value: id, words: name }))}
              value={fields.placeId}
              onChange={(placeId) => change({ placeId })}
            />
          </Labelled>
          <View className="sweep-acts">
            <Button icon="check" onPress={() => all('moved')}>
              全家转移了
            </Button>
            <Button look="text" short onPress={() => all('returned')}>
              全家回家了
            </Button>
          </View>
        </>
      )}
      {persons.map(({ personId, name, standing }) => (
        <View key={personId} className="door-person">
          <View className="door-person__name">
            {standing === null ? name : `${name}　现在：${personStandings[standing]}`}
          </View>
          <Choice
            label={`${name}在哪里`}
            options={standings}
            value={fields.standings[personId] ?? null}
            onChange={(value) => change({ standings: { ...fields.standings, [personId]: value } })}
          />
        </View>
      ))}
      {chosen.includes('relatives') && (
        <Field
          label="投靠谁？（可以不填）"
          example="比如：县城女儿家"
          maxLength={60}
          value={fields.relatives}
          onChange={(relatives) => change({ relatives })}
        />
      )}
      {persons.length === 0 && (
        <Placard icon="users-round" title="名册上这一户没有人" words="看看有没有人住，再点下面。" />
      )}
      {chosen.length === 0 && (
        <ResultChoice
          label="一个人也没见到？"
          value={fields.result}
          error={errors['result']}
          onChange={(result) => change({ result })}
        />
      )}
    </>
  );
}
