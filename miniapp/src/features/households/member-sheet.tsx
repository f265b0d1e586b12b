import { relations, residences, type Relation, type Residence } from '@sandan/shared/households/household.words';
import { householdLimits } from '@sandan/shared/households/household-events.words';
import { useState } from 'react';
import { useDraftOver } from '../../lib/draft-over';
import { usePut } from '../../lib/use-call';
import { Choice, optionsOf } from '../../ui/choice';
import { Field, Labelled } from '../../ui/field';
import { DraftNote } from '../../ui/resumed';
import { toast } from '../../ui/toast';
import { ActSheet, fieldErrors } from '../orders/act-sheet';
import { BirthFields, bornAs, isSaid, unsaid, type Birth } from './birth-fields';
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
  readonly birth: Birth;
  /** '': whoever of the house is grown up. */
  readonly guardianId: string;
  readonly relation: Relation | null;
  readonly residence: Residence | null;
}

/** What is left empty stays as it was: the masked name and number are not sent back. */
const typed = ({ name, phone, birth }: Fields, idNumber: string) => ({
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(phone === '' ? {} : { phone }),
  ...(idNumber === '' ? {} : { idNumber: idNumber.toUpperCase() }),
  ...bornAs(birth),
});

export function MemberSheet({ household, member, onClose }: MemberSheetProps) {
  const { householdId } = household;
  const empty: Fields = {
    ...{ name: '', phone: '', birth: unsaid, guardianId: member?.guardianId ?? '' },
    ...{ relation: member?.relation ?? null, residence: member?.residence ?? 'living' },
  };
  const draft = useDraftOver(`member.${householdId}.${member?.personId ?? 'new'}`, empty);
  const save = usePut('households.saveMember');
  // Written down nowhere but in the roster: it is typed again rather than kept in a draft.
  const [idNumber, setIdNumber] = useState('');
  const { name, phone, birth, guardianId, residence } = draft.fields;
  const relation = draft.fields.relation ?? (household.people.length === 0 ? 'head' : null);
  const errors = fieldErrors(save.error);
  const send = () => {
    if (relation === null || residence === null) return;
    const params = { householdId, personId: member?.personId ?? draft.id };
    const onSuccess = () => {
      draft.clear();
      toast('记好了');
      onClose();
    };
    const isNewGuardian = guardianId !== (member?.guardianId ?? '');
    const guardian = isNewGuardian ? { guardianId: guardianId === '' ? null : guardianId } : {};
    save.mutate(
      { params, body: { ...typed(draft.fields, idNumber), ...guardian, relation, residence } },
      { onSuccess },
    );
  };
  const hint = member ? '不改就空着' : undefined;
  return (
    <ActSheet
      title={member ? `更正${member.name}` : '登记一位家人'}
      yes="记下来"
      doing={save}
      unready={relation === null || residence === null || !isSaid(birth) || (member === null && name.trim() === '')}
      onYes={send}
      onClose={onClose}
    >
      <DraftNote draft={draft} />
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
        label="身份证号"
        hint={hint ?? '填了就不用再填出生日期'}
        maxLength={18}
        value={idNumber}
        error={errors['idNumber']}
        onChange={setIdNumber}
      />
      <BirthFields
        isNew={member === null}
        birth={birth}
        error={errors['bornOn'] ?? errors['birthYear']}
        onChange={(value) => draft.change({ birth: value })}
      />
      {member?.isMinor && (
        <Labelled label="监护人" hint="只列登记了出生日期的大人。父母在外的，请他们先在手机上申请照看这一户，再选。">
          <Choice
            label="监护人"
            options={[
              { value: '', words: '家里的大人' },
              ...household.mayGuard.map(({ personId, name: words }) => ({ value: personId, words })),
            ]}
            value={guardianId}
            onChange={(value) => draft.change({ guardianId: value })}
          />
        </Labelled>
      )}
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
