import { orderLimits, urgencies, visibilities } from '@sandan/shared/orders/order.words';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Field, Labelled, TextArea } from '../../../../ui/field';
import { Switch } from '../../../../ui/switch';
import { CategoryChoice } from '../../../catalog/category-choice';
import type { Order } from '../../order';
import { needsConsent, recategorized, type Classification } from './study-fields';

interface ClassificationFieldsProps {
  readonly order: Order;
  readonly fields: Classification;
  readonly errors: Readonly<Record<string, string>>;
  readonly change: (some: Partial<Classification>) => void;
}

/** 研判: what it is, how soon, who may see it, and what it is called. The resident's own words stay as they are. */
export function ClassificationFields({ order, fields, errors, change }: ClassificationFieldsProps) {
  return (
    <>
      <CategoryChoice
        label="什么事"
        error={errors['categoryId']}
        value={fields.categoryId}
        onChange={(category) => change(recategorized(fields, order.category.name, category))}
      />
      <Labelled label="急不急" error={errors['urgency']}>
        <Choice
          label="急不急"
          options={optionsOf(urgencies)}
          value={fields.urgency}
          onChange={(urgency) => change({ urgency })}
        />
      </Labelled>
      <Labelled label="谁能看" error={errors['visibility']}>
        <Choice
          label="谁能看"
          options={optionsOf(visibilities)}
          value={fields.visibility}
          onChange={(visibility) => change({ visibility })}
        />
      </Labelled>
      {needsConsent(order, fields) && (
        <Card bare>
          <Switch
            title="本人同意不再保密"
            words="问过本人再打开"
            on={fields.consents}
            onChange={(consents) => change({ consents })}
          />
        </Card>
      )}
      <Field
        label="叫什么"
        hint="接单的人看到的名字，不写谁家。"
        maxLength={orderLimits.title}
        value={fields.title}
        error={errors['title']}
        onChange={(title) => change({ title })}
      />
      {fields.visibility === 'open' && (
        <TextArea
          label="给村里人看的话"
          hint="村里人看到这句，可以说“我也是”。不写姓名、电话、门牌。"
          maxLength={orderLimits.publicSummary}
          value={fields.publicSummary}
          error={errors['publicSummary']}
          onChange={(publicSummary) => change({ publicSummary })}
        />
      )}
    </>
  );
}
