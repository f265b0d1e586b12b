import type { BodyOf, Endpoint } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { isDuplicate, SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';
import type { Answer, Call, TwoPhases } from '../../foundation/http/implement';
import { besideOf } from './order-detail.queries';
import { loadRecordToShow } from './order-record';
import { fingerprintOf } from '../../foundation/fingerprint';
import { presentDetail } from './orders.presenter';
import { placeOrder } from './place.service';
import type { Placing, PlacingWay } from './placing';

interface Attempt {
  /** The id was found taken: the failed transaction is left, and a fresh one reads whose it is (decisions.md §1.5). */
  taken: boolean;
  /** Why the first transaction failed. It stands when what it found was only its own row, gone with it. */
  refusal?: Problem;
}

/** PUT by the caller's id: a repeat by the same author gets the order as it stands, anybody else 409 without contents. */
export const placeOnce = <E extends Endpoint>(wayOf: (body: BodyOf<E>) => PlacingWay): TwoPhases<E, Attempt> => ({
  before: async () => ({ taken: false }),
  write: async (call) => {
    const { db, params, prepared, world } = call as unknown as Call<Endpoint> & {
      db: Db;
      params: { orderId: string };
      prepared: Attempt;
      caller: Caller;
    };
    const caller = call.caller as Caller;
    const body = call.body() as BodyOf<E> & Placing;
    if (!prepared.taken) await tryPlacing(db, caller, params.orderId, body, wayOf(body), prepared);
    const record = await loadRecordToShow(db, params.orderId);
    if (!record) throw prepared.refusal ?? new Problem('order.not-found');
    if (prepared.taken) await checkAuthor(db, record.id, caller, body);
    return presentDetail(record, caller, await besideOf(db, record), world.signing) as Answer<E>;
  },
});

async function tryPlacing(db: Db, caller: Caller, orderId: string, body: Placing, way: PlacingWay, attempt: Attempt) {
  try {
    await placeOrder(db, caller, orderId, body, way);
  } catch (error) {
    // A repeat of what once went well must not fail on what it made itself: one's fifth order, for example.
    const refusal = error instanceof Problem ? error : undefined;
    const isTaken = isDuplicate(error) || (refusal !== undefined && (await exists(db, orderId)));
    if (!isTaken) throw error;
    Object.assign(attempt, { taken: true, refusal });
    throw new SomebodyWasQuicker();
  }
}

const exists = async (db: Db, orderId: string): Promise<boolean> =>
  (await db.query('SELECT 1 FROM service_order WHERE id = ?', [orderId])).length > 0;

async function checkAuthor(db: Db, orderId: string, caller: Caller, body: Placing): Promise<void> {
  const [first] = await db.query<{ actor_id: string | null; fingerprint: Buffer }>(
    `SELECT h.actor_id, o.fingerprint FROM service_order o JOIN history h ON h.aggregate_id = o.id AND h.seq = 1
     WHERE o.id = ? ORDER BY h.id LIMIT 1`,
    [orderId],
  );
  if (first?.actor_id !== caller.personId) throw new Problem('order.id-taken');
  if (!first.fingerprint.equals(fingerprintOf(body)))
    throw new Problem('order.sent-differently', { facts: { orderId } });
}
