import type { callsApi } from '@sandan/shared/calls/calls.contract';
import { callReasons, callTries, type CallResult } from '@sandan/shared/calls/call.words';
import { chinaDay, clockTime, startOfChinaDay } from '@sandan/shared/china-time';
import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { actorOf, type Caller } from '../../foundation/access/caller';
import { maskName, maskPhone } from '../../foundation/access/masking';
import { gridsWith } from '../../foundation/access/reach';
import type { Db, Reading } from '../../foundation/database/connect';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History } from '../../foundation/outbox/history.entity';
import { sayingOf } from './call-words';
import { callsFor, type CallRow } from './calls.queries';

type Api = typeof callsApi;
type CallReply = ReplyOf<Api['list']>['items'][number];
type Recorded = ReplyOf<Api['record']>;

export function presentCall(reading: Reading, caller: Caller, row: CallRow): CallReply {
  const { tree } = caller.reference;
  const { id, orderId, reason, bestTime, since, tries, state } = row;
  const nameOf = (gridId: string | null): string => (gridId === null ? '' : (tree.grid(gridId)?.name ?? ''));
  return {
    ...{ id, orderId, reason, reasonName: callReasons[reason], bestTime, tries, isVisit: state === 'visit' },
    title: row.visibility === 'confidential' ? '保密的一件事' : row.title,
    say: sayingOf(row, nameOf(ownGridId(caller, row.deskGridId))),
    who: row.contactName === null ? null : maskName(row.contactName),
    phone: maskPhone(reading.vault.open('order.contactPhone', row.contactPhone)),
    place: [nameOf(row.villageId), nameOf(row.groupId)].filter(Boolean).join(' '),
    since: since.toISOString(),
  };
}

/** Whoever rings says where he himself is from: the town does not speak as the village. */
function ownGridId(caller: Caller, deskGridId: string): string {
  const { tree } = caller.reference;
  const around = gridsWith(caller, 'order.noteCall').filter(({ id }) => tree.isWithin(deskGridId, id));
  return around.find((grid) => around.every(({ id }) => tree.isWithin(grid.id, id)))?.id ?? deskGridId;
}

interface RecordCall {
  db: Db;
  caller: Caller;
  callId: string;
  actionId: string | null;
  body: () => BodyOf<Api['record']>;
}

/** 打通了, 没人接, 不用打了: the order is locked first, for a call tried counts for it too (domain.md §3.2). */
export async function recordCall({ db, caller, callId, actionId, body }: RecordCall): Promise<Recorded> {
  const repeat = await repeatOf(db, actionId);
  if (repeat?.thingId === callId && repeat.actorId === caller.personId) return standing(db, callId);
  const [row] = await callsFor(db, caller, { id: callId, limit: 1 });
  if (!row) throw new Problem('call.not-found');
  if (repeat) throw new Problem('action.repeated-differently');
  const given = body();
  await db.write(
    `UPDATE service_order SET call_attempts = call_attempts + IF(state IN ('asking', 'reported') AND ?, 1, 0) WHERE id = ?`,
    [given.result !== 'unneeded', row.orderId],
  );
  const set = after(row, given.result, caller.now);
  const won = await db.write(
    `UPDATE call_note SET state = ?, tries = ?, next_at = ?, settled_at = ?, settled_by_id = ?, words = ?
     WHERE id = ? AND tries = ? AND state = ?`,
    [
      ...[set.state, set.tries, set.nextAt, set.settled ? caller.now : null, caller.personId, given.words ?? null],
      ...[callId, row.tries, row.state],
    ],
  );
  if (won === 0) throw new Problem('call.settled');
  await db.insert(History, [historyOf(row, caller, given)]);
  return standing(db, callId);
}

interface After {
  state: string;
  tries: number;
  nextAt: Date;
  settled: boolean;
}

/** 没人接: again tomorrow morning, after the third time somebody goes there. */
function after({ tries, nextAt }: CallRow, result: CallResult, now: Date): After {
  if (result !== 'noAnswer') return { state: result, tries, nextAt, settled: true };
  const tomorrow = startOfChinaDay(chinaDay(now.getTime()) + 1) + clockTime(8) * 60_000;
  const isLast = tries + 1 >= callTries;
  return { state: isLast ? 'visit' : 'waiting', tries: tries + 1, nextAt: new Date(tomorrow), settled: false };
}

const historyOf = (row: CallRow, caller: Caller, given: BodyOf<Api['record']>): Partial<History> => ({
  ...{
    id: given.actionId,
    thing: 'call',
    thingId: row.id,
    aggregateId: row.id,
    seq: row.tries + 1,
    townId: row.townId,
  },
  ...{ action: given.result, at: caller.now, fromState: null, toState: null, words: null },
  ...actorOf(caller, 'order.noteCall', row.deskGridId),
  facts: { orderId: row.orderId, tries: row.tries },
});

async function standing(db: Db, callId: string): Promise<Recorded> {
  const [row] = await db.query<{ state: string; nextAt: Date }>(
    'SELECT state, next_at AS nextAt FROM call_note WHERE id = ?',
    [callId],
  );
  if (!row) throw new Problem('call.not-found');
  const isOpen = row.state === 'waiting' || row.state === 'visit';
  const result = isOpen ? 'noAnswer' : (row.state as Exclude<CallResult, 'noAnswer'>);
  return { result, againAt: isOpen ? row.nextAt.toISOString() : null, isVisit: row.state === 'visit' };
}
