import { orderLimits } from '@sandan/shared/orders/order.words';
import { View } from '@tarojs/components';
import { CategoryChoice, type Category } from '../../../../features/catalog/category-choice';
import { GridChoice } from '../../../../features/grids/grid-choice';
import { consents } from '../../../../features/orders/consents';
import { SettlementFields } from '../../../../features/orders/desk/settlement-fields';
import { PeoplePicker } from '../../../../features/people/people-picker';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import type { SettleFields } from './settle-draft';

interface QuestionsProps {
  readonly fields: SettleFields;
  readonly category: Category | null;
  readonly underId: string | undefined;
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (some: Partial<SettleFields>) => void;
}

export const SettleQuestions = (props: QuestionsProps) => (
  <>
    <Who {...props} />
    <What {...props} />
    <Card title="结果">
      <SettlementFields
        fields={props.fields}
        photo={props.category?.photo ?? 'none'}
        errors={props.errors}
        change={props.change}
      />
    </Card>
  </>
);

const heardOptions = [
  { value: 'proxy', words: '本人来说的' },
  { value: 'visit', words: '走访时' },
  { value: 'patrol', words: '巡查发现' },
] as const;

function Who({ fields, errors, change }: QuestionsProps) {
  const { heard, person, personName, phone, consent } = fields;
  return (
    <Card title="谁的事">
      <Labelled label="怎么知道的">
        <Choice
          label="怎么知道的"
          options={heardOptions}
          value={heard}
          onChange={(value) => change({ heard: value })}
        />
      </Labelled>
      {heard !== 'patrol' && (
        <>
          <Labelled label="是谁">
            <PeoplePicker
              wanted={{ purpose: 'proxy' }}
              label="是谁"
              value={person?.personId ?? null}
              nobody="这里还没有登记的乡亲，写下名字就行。"
              onChange={(found) => change({ person: { personId: found.personId, name: found.name }, personName: '' })}
            />
          </Labelled>
          <Field
            label="不在上面，就写名字"
            value={person ? '' : personName}
            error={errors['person'] ?? errors['beneficiaryId']}
            onChange={(value) => change({ personName: value, person: null })}
          />
          <Field
            label="电话"
            hint="可以不填"
            kind="number"
            maxLength={11}
            value={phone}
            error={errors['contactPhone']}
            onChange={(value) => change({ phone: value })}
          />
        </>
      )}
      {heard === 'proxy' && (
        <Labelled label="本人同意记下来吗？" error={errors['consent']}>
          <Choice
            label="本人同意吗"
            options={consents}
            value={consent}
            onChange={(value) => change({ consent: value })}
          />
        </Labelled>
      )}
    </Card>
  );
}

function What({ fields, category, underId, errors, change }: QuestionsProps) {
  return (
    <Card title="什么事，在哪里">
      <CategoryChoice
        label="什么事"
        error={errors['categoryId']}
        value={fields.categoryId}
        only={({ settleable }) => settleable}
        onChange={({ id }) => change({ categoryId: id })}
      />
      {category?.notice && <View className="settle__notice">{category.notice}</View>}
      <TextArea
        label="怎么说的"
        example="比如：家里停水两天了"
        value={fields.said}
        error={errors['said']}
        onChange={(said) => change({ said })}
      />
      <GridChoice
        label="在哪里"
        error={errors['gridId']}
        value={fields.grid}
        underId={underId}
        to="group"
        wholeVillage
        onChange={(grid) => change({ grid })}
      />
      <Field
        label="具体在哪"
        hint="可以不写"
        example="比如：老祠堂门口"
        maxLength={orderLimits.address}
        value={fields.address}
        error={errors['address']}
        onChange={(address) => change({ address })}
      />
    </Card>
  );
}
