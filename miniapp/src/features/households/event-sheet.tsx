import {
  householdEvents,
  householdLimits,
  type HouseholdEventKind,
} from '@sandan/shared/households/household-events.words';
import { chinaDate } from '@sandan/shared/china-time';
import { useDraft } from '../../lib/draft';
import { useAct } from '../../lib/use-call';
import { Choice, Choices, optionsOf } from '../../ui/choice';
import { DateField } from '../../ui/date-fields';
import { Field, Labelled } from '../../ui/field';
import { toast } from '../../ui/toast';
import { ActSheet, fieldErrors } from '../orders/act-sheet';
import type { Household } from './household';
import { HouseholdPicker, type FoundHousehold } from './household-picker';

/** Moving in has a sheet of its own, another group is the door's; here people leave, come back, divide. */
const { moveIn: _elsewhere, regroup: _byGrid, ...here } = householdEvents;
type Here = Exclude<HouseholdEventKind, 'moveIn' | 'regroup'>;

interface Fields {
  readonly kind: Here | null;
  readonly on: string;
  readonly personIds: string[];
  readonly headId: string | null;
  readonly newDoor: string;
  readonly to: FoundHousehold | null;
}

const ofNobody: readonly string[] = ['headChange', 'close'];

/** 家里有变化: with its day. What follows from it (flags, links, open orders) the server sees to. */
export function EventSheet({ household, onClose }: { household: Household; onClose: () => void }) {
  const { householdId, people } = household;
  const today = chinaDate(Date.now());
  const empty: Fields = { kind: null, on: today, personIds: [], headId: null, newDoor: '', to: null };
  const draft = useDraft<Fields>(`household-event.${householdId}`, empty);
  const record = useAct('households.record', { householdId });
  const { kind, on, personIds, headId, newDoor, to } = draft.fields;
  const staying = people.filter(({ personId }) => !personIds.includes(personId) || !leaves(kind));
  const asksHead =
    kind === 'headChange' ||
    (leaves(kind) && people.some(({ isHead, personId }) => isHead && personIds.includes(personId)));
  const send = () => {
    if (kind === null) return;
    const onSuccess = () => {
      draft.clear();
      toast('记好了');
      onClose();
    };
    const more = {
      ...(headId && asksHead ? { headId } : {}),
      ...(kind === 'division' ? { newDoor: newDoor.trim() } : {}),
      ...(movesOut(kind) && to !== null ? { toHouseholdId: to.householdId } : {}),
    };
    record.mutate({ kind, on, personIds: ofNobody.includes(kind) ? [] : personIds, ...more }, { onSuccess });
  };
  const nobody = kind !== null && !ofNobody.includes(kind) && personIds.length === 0;
  const unready = kind === null || on === '' || nobody || (kind === 'division' && newDoor.trim() === '');
  return (
    <ActSheet title="家里有变化" yes="记下来" doing={record} unready={unready} onYes={send} onClose={onClose}>
      <Labelled label="什么事？">
        <Choice
          label="什么事"
          options={optionsOf(here)}
          value={kind}
          onChange={(value) => draft.change({ kind: value })}
        />
      </Labelled>
      {kind !== null && !ofNobody.includes(kind) && (
        <Labelled label="是哪一位？">
          <Choices
            label="是哪一位"
            options={people.map(({ personId, name }) => ({ value: personId, words: name }))}
            values={personIds}
            onChange={(chosen) => draft.change({ personIds: chosen })}
          />
        </Labelled>
      )}
      {kind === 'division' && (
        <Field
          label="新的门牌号"
          maxLength={householdLimits.door}
          value={newDoor}
          error={fieldErrors(record.error)['newDoor']}
          onChange={(value) => draft.change({ newDoor: value })}
        />
      )}
      {movesOut(kind) && (
        <HouseholdPicker
          label="搬到哪一户？"
          hint="还是您服务的地方就找出来；搬到外面的，空着就行。"
          value={to}
          exceptId={householdId}
          onChange={(value) => draft.change({ to: value })}
        />
      )}
      {asksHead && staying.length > 0 && (
        <Labelled label="以后谁是户主？">
          <Choice
            label="户主"
            options={staying.map(({ personId, name }) => ({ value: personId, words: name }))}
            value={headId}
            onChange={(value) => draft.change({ headId: value })}
          />
        </Labelled>
      )}
      <DateField label="哪一天？" to={today} value={on} onChange={(value) => draft.change({ on: value })} />
    </ActSheet>
  );
}

const movesOut = (kind: HouseholdEventKind | null): boolean => kind === 'marriageOut' || kind === 'moveOut';

const leaves = (kind: HouseholdEventKind | null): boolean =>
  kind !== null && ['death', 'marriageOut', 'moveOut', 'division'].includes(kind);
