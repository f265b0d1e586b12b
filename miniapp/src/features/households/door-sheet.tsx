import { householdLimits } from '@sandan/shared/households/household-events.words';
import { useDraftOver } from '../../lib/draft-over';
import { useMe } from '../../lib/session';
import { usePut } from '../../lib/use-call';
import { Field } from '../../ui/field';
import { DraftNote } from '../../ui/resumed';
import { toast } from '../../ui/toast';
import { GridChoice, type ChosenGrid } from '../grids/grid-choice';
import { servedGrid } from '../grids/served-grid';
import { ActSheet, fieldErrors } from '../orders/act-sheet';
import type { Household } from './household';

interface DoorSheetProps {
  /** Null: a new one is opened (开户). */
  readonly household: Pick<Household, 'householdId' | 'gridId' | 'place' | 'door' | 'code'> | null;
  readonly onClose: () => void;
  readonly onOpened?: (householdId: string) => void;
}

interface Fields {
  readonly grid: ChosenGrid | null;
  readonly door: string;
  readonly code: string;
}

/** 开户, or what its group, door and number are now: a house that goes to another group keeps all that was noted of it. */
export function DoorSheet({ household, onClose, onOpened }: DoorSheetProps) {
  const me = useMe();
  const served = me ? servedGrid(me) : { group: null, underId: undefined };
  const empty: Fields = household
    ? {
        ...{ grid: { gridId: household.gridId, words: household.place } },
        ...{ door: household.door ?? '', code: household.code ?? '' },
      }
    : { grid: served.group, door: '', code: '' };
  const draft = useDraftOver<Fields>(`household-door.${household?.householdId ?? 'new'}`, empty);
  const open = usePut('households.open');
  const { grid, door, code } = draft.fields;
  const errors = fieldErrors(open.error);
  const send = () => {
    if (grid === null) return;
    const householdId = household?.householdId ?? draft.id;
    const body = { gridId: grid.gridId, door: door.trim(), code: code.trim() === '' ? null : code.trim() };
    const onSuccess = () => {
      draft.clear();
      toast(household ? '改好了' : '开好了，接着登记户主');
      onClose();
      onOpened?.(householdId);
    };
    open.mutate({ params: { householdId }, body }, { onSuccess });
  };
  return (
    <ActSheet
      title={household ? '改门牌、换组' : '开一户'}
      yes={household ? '改好了' : '开户'}
      doing={open}
      unready={grid === null || door.trim() === ''}
      onYes={send}
      onClose={onClose}
    >
      <DraftNote draft={draft} />
      <GridChoice
        label="在哪个组"
        to="group"
        underId={served.underId}
        value={grid}
        error={errors['gridId']}
        onChange={(value) => draft.change({ grid: value })}
      />
      <Field
        label="门牌号"
        example="比如：12号"
        maxLength={householdLimits.door}
        value={door}
        error={errors['door']}
        onChange={(value) => draft.change({ door: value })}
      />
      <Field
        label="户号"
        hint="户口簿上的，没有就空着"
        maxLength={householdLimits.code}
        value={code}
        error={errors['code']}
        onChange={(value) => draft.change({ code: value })}
      />
    </ActSheet>
  );
}
