import { useState } from 'react';
import { Card } from '../../../../ui/card';
import { Field } from '../../../../ui/field';
import { PickRow } from '../../../../ui/pick-row';
import { Sheet } from '../../../../ui/sheet';
import type { Plan } from './use-plan';

interface MemberSheetProps {
  readonly title: string;
  readonly members: Plan['members'];
  readonly onChoose: (memberId: string) => void;
  readonly onClose: () => void;
}

/** Who may take a household: there, and not from elsewhere; the server says no to his own. */
export function MemberSheet({ title, members, onChoose, onClose }: MemberSheetProps) {
  const [name, setName] = useState('');
  const shown = members.filter((member) => !member.away && member.name.includes(name.trim()));
  return (
    <Sheet title={title} open onClose={onClose}>
      <Field label="按姓名找" value={name} maxLength={20} onChange={setName} />
      <Card bare>
        {shown.map(({ personId, name: shownName, grid, after }) => (
          <PickRow
            key={personId}
            title={shownName}
            words={`${grid}，联系 ${after} 户`}
            chosen={false}
            onPress={() => onChoose(personId)}
          />
        ))}
      </Card>
    </Sheet>
  );
}
