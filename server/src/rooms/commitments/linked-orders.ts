import { occasionUnits } from '@sandan/shared/commitments/commitment.words';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { BodyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Db } from '../../foundation/database/connect';
import { isDuplicate } from '../../foundation/database/conflicts';
import type { DomainEvent } from '../../foundation/outbox/outbox';
import { systemAt } from '../../foundation/lifecycle/move-row';
import { orderSeenBy } from '../orders/orders.queries';
import { advance, type Effect } from './act';
import { CommitmentOrder, type Commitment } from './commitment.entity';
import { loadCommitment } from './commitment-record';
import { percentOf } from './commitment-rows';
import { newId } from '../../foundation/ids';

/** The order it grows out of, or that grew out of it: one the person may see, in the deed's own town, no 保密件. */
export async function adoptOrder(
  db: Db,
  caller: Caller,
  { id, townId }: Pick<Commitment, 'id' | 'townId'>,
  orderId: string,
): Promise<void> {
  const order = await orderSeenBy(db, caller, orderId);
  if (!order || order.townId !== townId || order.confidential) throw new Problem('commitment.order-not-found');
  await link(db, { commitmentId: id, orderId, byId: caller.personId, at: caller.now });
}

const link = (db: Db, row: Omit<CommitmentOrder, 'countedAt'>): Promise<void> =>
  db.insert(CommitmentOrder, [{ ...row, countedAt: null }]).catch((error: unknown) => {
    throw isDuplicate(error) ? new Problem('commitment.order-linked') : error;
  });

/** Of the deed's own town, no 保密件, and not yet linked. */
const mayBeLinked = `SELECT 1 FROM service_order o
  WHERE NOT EXISTS (SELECT 1 FROM commitment_order k WHERE k.commitment_id = ? AND k.order_id = o.id)
    AND o.id = ? AND o.town_id = ? AND o.visibility <> 'confidential'`;

/** 点单 for a deed: whoever ordered was asked then whether it is his to keep; where it has ended meanwhile, nothing is linked. */
export async function adoptPlaced(db: Db, { thingId: orderId, actorId, at, facts }: DomainEvent): Promise<void> {
  const commitmentId = facts?.['commitmentId'];
  if (typeof commitmentId !== 'string' || actorId === null) return;
  await db.query('SELECT id FROM commitment WHERE id = ? FOR UPDATE', [commitmentId]);
  const record = await loadCommitment(db, { personId: actorId }, commitmentId);
  if (record?.state !== 'published') return;
  if ((await db.query(mayBeLinked, [commitmentId, orderId, record.townId])).length === 0) return;
  await advance({ db, record, caller: systemAt(at), actionId: newId(at) }, 'linkOrder', {
    words: '为这件事点了一单',
    facts: { orderId },
    beside: (inside) => link(inside, { commitmentId, orderId, byId: actorId, at }),
  });
}

type Api = typeof commitmentsApi;

export const linkOrder: Effect<BodyOf<Api['linkOrder']>> = async ({ caller, record }, { orderId }) => ({
  facts: { orderId },
  beside: (inside) => adoptOrder(inside, caller, record, orderId),
});

/** Whether orders closed under it count: it is counted by the occasion (24 次, 10 件). */
const countsOrders = ({ unit }: Pick<Commitment, 'unit'>): boolean => unit !== null && occasionUnits.includes(unit);

interface Linked {
  order_id: string;
  stage: string;
  closed_at: Date | null;
  counted_at: Date | null;
}

/**
 * 单子办结，自动记数: as many more as were closed since it was promised and do not stand in the figures yet, less those that
 * were opened again. It looks at what is, not at what happened: however often it runs, it comes to the same.
 */
export async function recountOrders(db: Db, commitmentId: string, now: Date): Promise<void> {
  await db.query('SELECT id FROM commitment WHERE id = ? FOR UPDATE', [commitmentId]);
  const record = await loadCommitment(db, { personId: '' }, commitmentId);
  if (!record || record.state !== 'published' || !countsOrders(record)) return;
  const rows = await db.query<Linked>(
    `SELECT k.order_id, o.stage, o.closed_at, k.counted_at FROM commitment_order k JOIN service_order o ON o.id = k.order_id
     WHERE k.commitment_id = ? FOR UPDATE`,
    [commitmentId],
  );
  const isDone = ({ stage, closed_at: closedAt }: Linked): boolean =>
    stage === 'done' && closedAt !== null && closedAt >= record.draftedAt;
  const more = rows.filter((row) => row.counted_at === null && isDone(row));
  const less = rows.filter((row) => row.counted_at !== null && row.stage !== 'done');
  if (more.length + less.length === 0) return;
  const quantityDone = Math.max(0, record.quantityDone + more.length - less.length);
  const percent = percentOf(record.quantity, quantityDone, record.percent);
  const marked = (which: Linked[], at: Date | null) => (inside: Db) =>
    inside.write('UPDATE commitment_order SET counted_at = ? WHERE commitment_id = ? AND order_id IN (?)', [
      ...[at, commitmentId],
      which.length > 0 ? which.map(({ order_id: id }) => id) : [''],
    ]);
  await advance({ db, record, caller: systemAt(now), actionId: newId(now) }, 'countOrders', {
    words: wordsOf(more.length, less.length),
    set: { quantityDone, percent },
    facts: { percent, quantityDone },
    beside: async (inside) => {
      await marked(more, now)(inside);
      await marked(less, null)(inside);
    },
  });
}

const wordsOf = (more: number, less: number): string =>
  [
    ...(more > 0 ? [`连着的单子办结了 ${more} 件，自动记上`] : []),
    ...(less > 0 ? [`${less} 件又没办好，先减掉`] : []),
  ].join('；');
