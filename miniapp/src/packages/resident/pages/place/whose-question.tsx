import { orderLimits } from '@sandan/shared/orders/order.words';
import { PeoplePicker } from '../../../../features/people/people-picker';
import { Card } from '../../../../ui/card';
import { Choice } from '../../../../ui/choice';
import { Field, Labelled } from '../../../../ui/field';
import { isForFamily } from './place-draft';
import type { QuestionProps } from './place-form';

const forWhom = [
  { value: 'self', words: '我自己' },
  { value: 'family', words: '爸妈、家里人' },
] as const;

/** Whose it is: mine, of the parents at home, or of a neighbour who has no phone. */
export const WhoseQuestion = (props: QuestionProps) =>
  props.asked.way === 'proxy' ? <Neighbour {...props} /> : <MeOrFamily {...props} />;

const MeOrFamily = ({ fields, asked, missing, onChange }: QuestionProps) => (
  <Card title="给谁点">
    <Choice
      label="给谁点"
      options={forWhom}
      value={fields.forWhom}
      onChange={(value) => onChange({ forWhom: value })}
    />
    {isForFamily(fields, asked) && (
      <Field
        label="怎么称呼"
        example="比如：我妈，王桂英"
        value={fields.personName}
        error={missing.person}
        onChange={(personName) => onChange({ personName })}
      />
    )}
  </Card>
);

const consents = [
  { value: 'spoken', words: '当面说了同意' },
  { value: 'signed', words: '签了字' },
] as const;

const Neighbour = ({ fields, missing, onChange }: QuestionProps) => (
  <Card title="给谁点">
    <PeoplePicker
      wanted={{ purpose: 'proxy' }}
      label="给谁点"
      value={fields.neighbour?.personId ?? null}
      nobody="这里还没有登记的乡亲，写下名字就行"
      onChange={({ personId, name }) => onChange({ neighbour: { personId, name } })}
    />
    <Field
      label="不在上面，就写名字"
      value={fields.neighbour ? '' : fields.personName}
      error={missing.person}
      maxLength={orderLimits.title}
      onChange={(personName) => onChange({ personName, neighbour: null })}
    />
    <Labelled label="本人同意吗？" hint="替人点单，要先问过本人" error={missing.consent}>
      <Choice
        label="本人同意吗"
        options={consents}
        value={fields.consent}
        onChange={(consent) => onChange({ consent })}
      />
    </Labelled>
  </Card>
);
