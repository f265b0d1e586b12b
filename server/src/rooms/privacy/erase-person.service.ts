import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { privacyApi } from '@sandan/shared/privacy/privacy.contract';
import { closingBlocksOfAnother, closingReasons } from '@sandan/shared/privacy/privacy.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { protectionOf } from '../../foundation/access/protection';
import { reachesHome } from '../../foundation/access/reach';
import type { Db, Reading } from '../../foundation/database/connect';
import { blockingOf, closingById, openClosingOf, personPlace } from './closing.queries';
import { askToClose, takeBack } from './closing.service';
import type { AccountClosing } from './privacy.entity';

type Reply = ReplyOf<typeof privacyApi.closingOf>;

/** Where somebody's account stands on its way out, for the administrator over his home. Throws `person.not-found`. */
export async function closingOfAnother(reading: Reading, caller: Caller, personId: string): Promise<Reply> {
  await homeWithin(reading, caller, personId);
  const open = await openClosingOf(reading, personId);
  const blocking = await blockingOf(reading, personId, caller.now);
  return {
    asked: open && {
      at: open.askedAt.toISOString(),
      dueAt: open.dueAt.toISOString(),
      held: open.state === 'held',
      reasonName: closingReasons[open.reason],
    },
    blocks: blocking.map(({ block, count }) => ({ block, count, words: closingBlocksOfAnother[block] })),
    thinkingDays: protectionOf(caller).thinkingDays,
    allows: allowsOf(open, blocking.length, caller),
  };
}

function allowsOf(open: AccountClosing | null, blocks: number, caller: Caller): Reply['allows'] {
  if (open) return open.state !== 'erasing' && isOfTheOffice(open, caller) ? ['keepPerson'] : [];
  return blocks === 0 ? ['erasePerson'] : [];
}

/**
 * What somebody asked for himself, or for a child of his, is not the office's to take back. Whose WeChat is gone cannot do
 * so himself any more: he may only have changed it.
 */
const isOfTheOffice = ({ reason, askedById }: AccountClosing, caller: Caller): boolean =>
  ['death', 'written', 'wechat'].includes(reason) || askedById === caller.personId;

/**
 * For the dead, and for whoever asked in writing: the same way and the same days, so that a slip can be taken back. Whoever
 * lives in none of the administrator's grids is not there.
 */
export async function eraseForAnother(
  db: Db,
  caller: Caller,
  personId: string,
  judge: () => BodyOf<typeof privacyApi.erasePerson>,
): Promise<ReplyOf<typeof privacyApi.erasePerson>> {
  const gridId = await homeWithin(db, caller, personId);
  const { actionId, reason, words } = judge();
  const known = (await closingById(db, actionId)) ?? (await openClosingOf(db, personId));
  if (known) {
    if (known.personId !== personId) throw new Problem('action.repeated-differently');
    return { closingId: known.id, dueAt: known.dueAt.toISOString() };
  }
  const dueAt = await askToClose(db, caller, 'erasePerson', { id: actionId, personId, reason, words, gridId });
  return { closingId: actionId, dueAt: dueAt.toISOString() };
}

/** A slip of the office, or the paper was withdrawn. Throws `closing.not-asked`, and `access.forbidden` for what was not the office's. */
export async function keepForAnother(
  db: Db,
  caller: Caller,
  personId: string,
  judge: () => BodyOf<typeof privacyApi.keepPerson>,
): Promise<Reply> {
  await homeWithin(db, caller, personId);
  judge();
  const open = await openClosingOf(db, personId);
  if (open && !isOfTheOffice(open, caller)) throw new Problem('access.forbidden');
  if (open) await takeBack(db, caller, open, 'admin');
  return closingOfAnother(db, caller, personId);
}

async function homeWithin(reading: Reading, caller: Caller, personId: string): Promise<string | null> {
  const place = await personPlace(reading, personId);
  if (!place || place.erasedAt || !reachesHome(caller, 'person.erase', place.gridId))
    throw new Problem('person.not-found');
  return place.gridId;
}
