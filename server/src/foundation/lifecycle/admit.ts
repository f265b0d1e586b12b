import { canDo, type Lifecycle } from '@sandan/shared/lifecycle';
import { Problem, type ProblemCode } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import type { Reading } from '../database/connect';

/** What the caller's action id was used for before, wherever that was. */
export interface Repeat {
  actorId: string | null;
  action: string;
  thingId: string;
}

export async function repeatOf(db: Reading, actionId: string | null): Promise<Repeat | null> {
  if (actionId === null) return null;
  const [row] = await db.query<Repeat>(
    'SELECT actor_id AS actorId, action, thing_id AS thingId FROM history WHERE id = ?',
    [actionId],
  );
  return row ?? null;
}

interface Asked<R, State extends string, Action extends string> {
  table: Lifecycle<State, Action>;
  /** `showcase` → `showcase.not-found`, `showcase.wrong-state`. */
  thing: 'commitment' | 'round' | 'showcase' | 'binding' | 'sweep';
  action: Action;
  record: R | null;
  repeat: Repeat | null;
  caller: Caller;
  sees: (record: R) => boolean;
  may: (record: R) => boolean;
  against?: (record: R) => ProblemCode | null;
}

/**
 * Whether an action may go on, with its answers in the fixed order (decisions.md §2.6): a repeat → not visible 404 → never
 * 403 → not in this state, or something against it, 409. The body is judged after that.
 */
export function admit<R extends { id: string; state: State }, State extends string, Action extends string>({
  table,
  thing,
  action,
  record,
  repeat,
  caller,
  ...rules
}: Asked<R, State, Action>): { record: R; isRepeat: boolean } {
  const isOwn = repeat?.thingId === record?.id && repeat?.actorId === caller.personId && repeat.action === action;
  if (record && isOwn) return { record, isRepeat: true };
  if (!record || !rules.sees(record)) throw new Problem(`${thing}.not-found`);
  if (repeat) throw new Problem('action.repeated-differently');
  if (!rules.may(record)) throw new Problem('access.forbidden');
  const { state } = record;
  if (!canDo(table, action, state))
    throw new Problem(`${thing}.wrong-state`, { facts: { state, stateName: table.states[state].name } });
  const against = rules.against?.(record);
  if (against) throw new Problem(against);
  return { record, isRepeat: false };
}
