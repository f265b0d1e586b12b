import { chinaDate } from '@sandan/shared/china-time';
import { roundLifecycle, type RoundAction, type RoundState } from '@sandan/shared/commitments/round.lifecycle';
import type { roundsApi } from '@sandan/shared/commitments/rounds.contract';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { Lifecycle } from '@sandan/shared/lifecycle';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { admit, repeatOf } from '../../foundation/lifecycle/admit';
import { historyRow } from '../../foundation/lifecycle/move-row';
import { History } from '../../foundation/outbox/history.entity';
import { notHandedIn, type Missing } from './debtors.queries';
import { Reminder, type Round } from './round.entity';
import { mayMove, remindedOrganizations, seesRound } from './rounds.policy';
import { roundById } from './rounds.queries';

type Api = typeof roundsApi;
type Reply = ReplyOf<Api['remind']>;

const table: Lifecycle<RoundState, RoundAction> = roundLifecycle;
const batch = 500;

interface RemindCall {
  db: Db;
  caller: Caller;
  params: { roundId: string };
  actionId: string | null;
  body: () => BodyOf<Api['remind']>;
}

/**
 * 提醒: who has not handed in enough is told so, once a day each (China time), whoever presses; the unique key of
 * {@link Reminder} decides between two who press at once. The year itself does not change by it.
 */
export async function remind({ db, caller, params, actionId, body }: RemindCall): Promise<Reply> {
  const { record: round, isRepeat } = admit({
    ...{ table, thing: 'round' as const, action: 'remind' as const, caller },
    record: await roundById(db, params.roundId),
    repeat: await repeatOf(db, actionId),
    sees: (one) => seesRound(caller, one),
    may: (one) => mayMove(caller, 'remind', one.organizationId),
  });
  const given = body();
  if (isRepeat) return answered(db, given.actionId);
  const missing = await notHandedIn(db, round.id, remindedOrganizations(caller), given.debtorIds);
  const others = missing.filter(({ debtorId }) => debtorId !== caller.personId);
  await write(db, round, others, { eventId: given.actionId, day: chinaDate(caller.now.getTime()) });
  const reminded = await remindedBy(db, given.actionId);
  const reply = { reminded, already: others.length - reminded };
  // An aggregate of its own: nobody waits for the year, and the year for nobody.
  const told = { from: round.state, to: round.state, words: null, facts: reply };
  const scene = { caller, actionId: given.actionId, thing: 'round' as const, record: { ...round, version: 0 } };
  const row = historyRow({ ...scene, action: 'remind' }, told);
  await db.insert(History, [{ ...row, aggregateId: given.actionId }]);
  return reply;
}

/** In the order of the key, so that two who remind at once wait for one another and do not cross. */
async function write(
  db: Db,
  round: Round,
  missing: readonly Missing[],
  press: Pick<Reminder, 'eventId' | 'day'>,
): Promise<void> {
  for (let from = 0; from < missing.length; from += batch) {
    const rows = missing.slice(from, from + batch).map((each) => ({ ...each, ...press, roundId: round.id }));
    await db.upsert(Reminder, rows, ['roundId']);
  }
}

async function remindedBy(db: Db, eventId: string): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    'SELECT COUNT(*) AS count FROM commitment_reminder WHERE event_id = ?',
    [eventId],
  );
  return Number(row?.count);
}

/** What the first press was answered. */
async function answered(db: Db, actionId: string): Promise<Reply> {
  const [row] = await db.query<Reply>(
    "SELECT JSON_VALUE(facts, '$.reminded') AS reminded, JSON_VALUE(facts, '$.already') AS already FROM history WHERE id = ?",
    [actionId],
  );
  if (!row) throw new Problem('round.not-found');
  return { reminded: Number(row.reminded), already: Number(row.already) };
}
