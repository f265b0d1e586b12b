import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import { closingBlocks, type ClosingReason } from '@sandan/shared/privacy/privacy.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { protectionOf } from '../../foundation/access/protection';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import { DueWork } from '../../foundation/due-work/due-work.entity';
import { blockingOf, openClosingOf, personPlace } from './closing.queries';
import { isChild } from '../../foundation/access/childhood';
import type { SubjectRow } from './consents.queries';
import { subjectFor } from './guardian';
import { insertOnce } from './insert-once';
import { AccountClosing } from './privacy.entity';

type Reply = ReplyOf<typeof privacyApi.closing>;
const day = 24 * 60 * 60_000;

/** Where the own account, or that of a child one answers for, stands on its way out, and what is in the way. */
export async function closingFor(reading: Reading, caller: Caller, ofId: string | undefined): Promise<Reply> {
  const subject = await subjectFor(reading, caller, ofId);
  return closingOf(reading, caller, subject);
}

async function closingOf(reading: Reading, caller: Caller, subject: SubjectRow): Promise<Reply> {
  const { now } = caller;
  const { id: personId } = subject;
  const open = await openClosingOf(reading, personId);
  const blocking = await blockingOf(reading, personId, now);
  return {
    asked: open && {
      id: open.id,
      at: open.askedAt.toISOString(),
      dueAt: open.dueAt.toISOString(),
      held: open.state === 'held',
    },
    blocks: blocking.map((each) => ({ ...each, words: closingBlocks[each.block] })),
    thinkingDays: protectionOf(caller).thinkingDays,
    guardianNeeded: isOwnChild(caller, subject),
    allows: isOwnChild(caller, subject) ? [] : allowsOf(open, blocking.length),
  };
}

/** Under 14 it is not for the child alone: neither to go nor to come back. */
const isOwnChild = ({ personId, now }: Caller, subject: SubjectRow): boolean =>
  subject.id === personId && isChild(subject, now);

function allowsOf(open: AccountClosing | null, blocks: number): Reply['allows'] {
  if (open) return open.state === 'erasing' ? [] : ['keepAccount'];
  return blocks === 0 ? ['closeAccount'] : [];
}

/** 注销: asked for now, done after some days to think again. Throws `closing.blocked`, `privacy.guardian-needed`. */
export async function closeAccount(
  db: Db,
  caller: Caller,
  judge: () => BodyOf<typeof privacyApi.closeAccount>,
): Promise<Reply> {
  const { actionId, personId: ofId } = judge();
  const subject = await subjectFor(db, caller, ofId);
  if (isOwnChild(caller, subject)) throw new Problem('privacy.guardian-needed');
  if (await openClosingOf(db, subject.id)) return closingOf(db, caller, subject);
  const reason = subject.id === caller.personId ? 'own' : 'guardian';
  const gridId = (await personPlace(db, subject.id))?.gridId ?? null;
  await askToClose(db, caller, 'closeAccount', { id: actionId, personId: subject.id, reason, words: null, gridId });
  return closingOf(db, caller, subject);
}

interface Asking {
  id: string;
  personId: string;
  reason: ClosingReason;
  words: string | null;
  gridId: string | null;
}

/** For oneself, for one's child, or by the office; `dueAt` is when the erasing begins. Throws `closing.blocked`. */
export async function askToClose(
  db: Db,
  caller: Caller,
  act: 'closeAccount' | 'erasePerson',
  { gridId, ...asking }: Asking,
): Promise<Date> {
  const { now } = caller;
  const blocking = await blockingOf(db, asking.personId, now);
  if (blocking.length > 0)
    throw new Problem('closing.blocked', { facts: { blocks: blocking.map(({ block }) => block) } });
  const dueAt = new Date(now.getTime() + protectionOf(caller).thinkingDays * day);
  const row = { ...asking, askedById: caller.personId, askedAt: now, dueAt, state: 'waiting', isOpen: 1 } as const;
  await insertOnce(db, AccountClosing, [row]);
  const townId = gridId === null ? null : (caller.reference.tree.grid(gridId)?.town ?? null);
  await db.insert(DueWork, [alarm(asking.id, townId, dueAt)]);
  await note(db, caller, act, asking, act === 'erasePerson' ? 'admin' : 'resident');
  return dueAt;
}

export const alarm = (thingId: string, townId: string | null, at: Date): Partial<DueWork> => ({
  ...{ thingId, kind: 'erasePerson', aggregateId: thingId, townId, clock: 'always', limitMinutes: 0, usedMinutes: 0 },
  ...{ dueAt: at, nextAt: at, rung: 0, attempts: 0 },
});

type ClosingAct = 'closeAccount' | 'keepAccount' | 'erasePerson';

/** In the audit, and as the row of history by which the family and the worker hear of it while it can be taken back. */
async function note(
  db: Db,
  caller: Caller,
  act: ClosingAct,
  { id, personId, reason }: Pick<Asking, 'id' | 'personId' | 'reason'>,
  actorRole: 'resident' | 'admin',
): Promise<void> {
  await recordAct(db, caller, act, { thingId: personId, facts: { closingId: id, why: reason } });
  const gridId = (await personPlace(db, personId))?.gridId ?? null;
  await db.insert(History, [
    {
      ...{ id: newId(caller.now), thing: 'closing', thingId: id, aggregateId: personId, seq: 0, action: act },
      townId: gridId === null ? null : (caller.reference.tree.grid(gridId)?.town ?? null),
      ...{ actorId: caller.personId, actorName: caller.name, at: caller.now, onBehalfId: null, fannedOutAt: null },
      ...{ actorRole, fromState: null, toState: null, words: null, facts: null },
    },
  ]);
}

/** 不注销了: as long as erasing has not begun. */
export async function keepAccount(
  db: Db,
  caller: Caller,
  judge: () => BodyOf<typeof privacyApi.keepAccount>,
): Promise<Reply> {
  const { personId: ofId } = judge();
  const subject = await subjectFor(db, caller, ofId);
  if (isOwnChild(caller, subject)) throw new Problem('privacy.guardian-needed');
  const open = await openClosingOf(db, subject.id);
  if (open) await takeBack(db, caller, open, 'resident');
  return closingOf(db, caller, subject);
}

/** Throws `closing.not-asked` when the erasing has begun. */
export async function takeBack(
  db: Db,
  caller: Caller,
  open: AccountClosing,
  actorRole: 'resident' | 'admin',
): Promise<void> {
  const kept = await db.write(
    `UPDATE account_closing SET state = 'withdrawn', is_open = NULL, ended_at = ? WHERE id = ? AND state IN ('waiting', 'held')`,
    [caller.now, open.id],
  );
  if (kept === 0) throw new Problem('closing.not-asked');
  await db.write('DELETE FROM due_work WHERE thing_id = ? AND kind = ?', [open.id, 'erasePerson']);
  await note(db, caller, 'keepAccount', open, actorRole);
}
