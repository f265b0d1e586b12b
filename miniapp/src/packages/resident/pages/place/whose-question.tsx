import { orderLimits } from '@sandan/shared/orders/order.words';
import { consents } from '../../../../features/orders/consents';
import { PeoplePicker } from '../../../../features/people/people-picker';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { PickRow } from '../../../../ui/pick-row';
import { Field, Labelled } from '../../../../ui/field';
import type { QuestionProps } from './place-form';

/** Whose it is: a neighbour without a phone, who has been asked first. */
export const WhoseQuestion = ({ fields, missing, onChange }: QuestionProps) => (
  <Card title="给谁点">
    {fields.neighbour ? (
      <PickRow
        title={fields.neighbour.name}
        words="点一下，换一位"
        chosen
        onPress={() => onChange({ neighbour: null })}
      />
    ) : (
      <>
        <PeoplePicker
          wanted={{ purpose: 'proxy' }}
          label="给谁点"
          value={null}
          nobody="这里还没有登记的乡亲，写下名字就行"
          onChange={({ personId, name }) => onChange({ neighbour: { personId, name } })}
        />
        <Field
          label="不在上面，就写名字"
          value={fields.personName}
          error={missing.person}
          maxLength={orderLimits.title}
          onChange={(personName) => onChange({ personName })}
        />
      </>
    )}
    <Consent fields={fields} missing={missing} onChange={onChange} />
  </Card>
);

/** Of the household that was visited: only whether it was asked. */
export const VisitConsent = (props: QuestionProps) => (
  <Card title="刚走访的这户">
    <Consent {...props} />
  </Card>
);

const Consent = ({ fields, missing, onChange }: Pick<QuestionProps, 'fields' | 'missing' | 'onChange'>) => (
  <Labelled label="本人同意吗？" hint="替人点单，要先问过本人" error={missing.consent}>
    <Choice
      label="本人同意吗"
      options={consents}
      value={fields.consent}
      onChange={(consent) => onChange({ consent })}
    />
  </Labelled>
);
