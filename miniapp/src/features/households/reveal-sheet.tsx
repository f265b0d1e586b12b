import { revealPurposes, revealable } from '@sandan/shared/households/household-events.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { useAct } from '../../lib/use-call';
import { Choice, optionsOf } from '../../ui/choice';
import { Labelled } from '../../ui/field';
import { ActSheet } from '../orders/act-sheet';
import type { Household, Member } from './household';

interface RevealSheetProps {
  readonly household: Household;
  readonly member: Member;
  readonly onClose: () => void;
}

/** 显示号码: what for is asked, and stays written down; the person may read who looked. */
export function RevealSheet({ household, member, onClose }: RevealSheetProps) {
  const [what, setWhat] = useState<keyof typeof revealable>('phone');
  const [purpose, setPurpose] = useState<keyof typeof revealPurposes | null>(null);
  const { householdId } = household;
  const reveal = useAct('households.reveal', { householdId });
  const show = () => {
    if (reveal.data) return onClose();
    if (purpose !== null) reveal.mutate({ personId: member.personId, what, purpose });
  };
  return (
    <ActSheet
      title={`看${member.name}的号码`}
      yes={reveal.data ? '看完了' : '显示'}
      doing={reveal}
      unready={purpose === null}
      onYes={show}
      onClose={onClose}
    >
      {reveal.data ? (
        <Labelled label={revealable[what]}>
          <View className="households__number">{reveal.data.value ?? '没有登记'}</View>
        </Labelled>
      ) : (
        <>
          <Labelled label="看哪一样？">
            <Choice label="看哪一样" options={optionsOf(revealable)} value={what} onChange={setWhat} />
          </Labelled>
          <Labelled label="为什么要看？" hint="每次看都有记录，本人可以查到。">
            <Choice label="为什么要看" options={optionsOf(revealPurposes)} value={purpose} onChange={setPurpose} />
          </Labelled>
        </>
      )}
    </ActSheet>
  );
}
