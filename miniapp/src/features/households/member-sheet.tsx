import { relations, residences, type Relation, type Residence } from '@sandan/shared/households/household.words';
import { householdLimits } from '@sandan/shared/households/household-events.words';
import { useDraft } from '../../lib/draft';
import { usePut } from '../../lib/use-call';
import { Choice, optionsOf } from '../../ui/choice';
import { Field, Labelled } from '../../ui/field';
import { toast } from '../../ui/toast';
import { ActSheet, fieldErrors } from '../orders/act-sheet';
import type { Household, Member } from './household';

interface MemberSheetProps {
  readonly household: Household;
  /** Null: somebody new. */
  readonly member: Member | null;
  readonly onClose: () => void;
}

interface Fields {
  readonly name: string;
  readonly phone: string;
  readonly birthYear: string;
  readonly relation: Relation | null;
  readonly residence: Residence | null;
}

/** What is left empty stays as it was: the masked name and number are not sent back. */
const typed = ({ name, phone, birthYear }: Fields) => ({
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(phone === '' ? {} : { phone }),
  ...(birthYear === '' ? {} : { birthYear: Number(birthYear) }),
});

export function MemberSheet({ household, member, onClose }: MemberSheetProps) {
  const { householdId } = household;
  const empty: Fields = {
    ...{ name: '', phone: '', birthYear: '' },
    ...{
      relation: member?.relation ?? (household.people.length === 0 ? 'head' : null),
      residence: member?.residence ?? 'living',
    },
  };
  const draft = useDraft(`member.${householdId}.${member?.personId ?? 'new'}`, empty);
  const save = usePut('households.saveMember');
  const { name, phone, birthYear, relation, residence } = draft.fields;
  const errors = fieldErrors(save.error);
  const send = () => {
    if (relation === null || residence === null) return;
    const params = { householdId, personId: member?.personId ?? draft.id };
    const onSuccess = () => {
      draft.clear();
      toast('记好了');
      onClose();
    };
    save.mutate({ params, body: { ...typed(draft.fields), relation, residence } }, { onSuccess });
  };
  const hint = member ? '不改就空着' : undefined;
  return (
    <ActSheet
      title={member ? `更正${member.name}` : '登记一位家人'}
      yes="记下来"
      doing={save}
      unready={relation === null || residence === null || (member === null && name.trim() === '')}
      onYes={send}
      onClose={onClose}
    >
      <Field
        label="姓名"
        hint={hint}
        maxLength={householdLimits.name}
        value={name}
        error={errors['name']}
        onChange={(value) => draft.change({ name: value })}
      />
      <Field
        label="手机号"
        hint={hint ?? '没有手机就空着'}
        kind="number"
        maxLength={11}
        value={phone}
        error={errors['phone']}
        onChange={(value) => draft.change({ phone: value })}
      />
      <Field
        label="出生年份"
        hint={hint}
        example="比如：1958"
        kind="number"
        maxLength={4}
        value={birthYear}
        error={errors['birthYear']}
        onChange={(value) => draft.change({ birthYear: value })}
      />
      <Labelled label="和户主的关系">
        <Choice
          label="和户主的关系"
          options={optionsOf(relations)}
          value={relation}
          onChange={(value) => draft.change({ relation: value })}
        />
      </Labelled>
      <Labelled label="在不在家">
        <Choice
          label="在不在家"
          options={optionsOf(residences)}
          value={residence}
          onChange={(value) => draft.change({ residence: value })}
        />
      </Labelled>
    </ActSheet>
  );
}
