import {
  askChecks,
  setFlags,
  withdrawChecks,
  withdrawWhole,
  type Asked,
  type CheckRoot,
} from '../../foundation/checks/ask-checks';
import { isOfficeRole } from '../../foundation/checks/office-role';
import type { Db } from '../../foundation/database/connect';
import type { History } from '../../foundation/outbox/history.entity';
import { photosOfAction } from '../../foundation/photos/photos-of-action';
import type { Actor } from './advance';
import type { Order } from './order.entity';

type Placed = Pick<Order, 'id' | 'visibility' | 'deskKind' | 'countyId' | 'townId' | 'villageId' | 'groupId'>;
type Told = Pick<Order, 'words' | 'title' | 'publicSummary' | 'requesterId' | 'categoryId'>;

/** 保密件, 作风反映: of these nobody else ever sees anything, so they are told neither to WeChat nor to the desk. */
function rootOf({ id, visibility, deskKind, countyId, townId, villageId, groupId }: Placed): CheckRoot | null {
  if (visibility === 'confidential' || deskKind === 'discipline') return null;
  return { root: 'order', rootId: id, countyId, townId, villageId, groupId };
}

/** Photos of a step, hung on its row of history: the handlers and the requester see them, until somebody doubts them. */
export const evidence = (order: Placed, actor: Actor, ids: readonly string[], actionId: string) => {
  const of = rootOf(order);
  const checked = of && { field: 'order.evidence' as const, of };
  const { now, reference } = actor;
  return photosOfAction({ ids, ownerId: actor.id ?? '', actionId, now, reference, checked });
};

interface Sent {
  photoIds: readonly string[];
  voiceId?: string | undefined;
}

/** 点单: taken at once by those who handle it, read by others once it has passed. */
export function askAboutPlaced(
  db: Db,
  order: Placed & Pick<Told, 'words'>,
  { photoIds, voiceId }: Sent,
  actor: Actor,
): Promise<void> {
  const authorId = actor.id ?? '';
  const photos = photoIds.map((thingId): Asked => ({ field: 'order.photo', thingId, authorId }));
  return ask(db, order, actor, [
    ...(order.words === null ? [] : [{ field: 'order.words' as const, thingId: order.id, authorId }]),
    ...photos,
    ...(voiceId === undefined ? [] : [{ field: 'order.voice' as const, thingId: voiceId, authorId }]),
  ]);
}

const ask = async (db: Db, order: Placed, when: Actor, asked: readonly Asked[]): Promise<void> => {
  const of = rootOf(order);
  if (of) await askChecks(db, of, when, asked);
};

/** What others read of an order after this step: what was said in it, its public summary, and all of it when it ceases to be confidential. */
export async function askAboutStep(
  db: Db,
  before: Placed & Told,
  after: Placed & Told,
  actor: Actor,
  history: readonly Partial<History>[],
): Promise<void> {
  const wasOpen = rootOf(before) !== null;
  if (wasOpen && rootOf(after) === null) return withdrawChecks(db, before.id, actor.now);
  if (!wasOpen && rootOf(after) !== null) await askAboutAll(db, after, actor);
  const anew = before.publicSummary !== after.publicSummary || before.title !== after.title;
  // One summary, whoever set it last: what was found about the one before is about other words.
  if (anew) await dropSummary(db, after.id, actor.now);
  const summary: Asked = { field: 'order.summary', thingId: after.id, authorId: actor.id ?? '' };
  await ask(db, after, actor, [
    ...(anew && isWritten(after, actor) ? [summary] : []),
    ...history.filter(isSaid).map(({ id, actorId, actorRole }) => ({
      ...{ field: stepField(actorRole), thingId: id ?? '', authorId: actorId ?? '' },
    })),
  ]);
}

/** Of its own words: the name of the category is nobody's. */
const isWritten = ({ title, publicSummary, categoryId }: Placed & Told, { reference }: Actor): boolean => {
  const name = reference.category(categoryId)?.name;
  return publicSummary !== null && (publicSummary !== name || title !== name);
};

const isSaid = ({ words, actorId }: Partial<History>): boolean => Boolean(words) && Boolean(actorId);

/** Written in an office it is the office's word: what WeChat cannot judge of it is nothing for the desk. */
export const stepField = (role: string | null | undefined) =>
  isOfficeRole(role) ? ('order.officeStep' as const) : ('order.step' as const);

/** 不再保密: what was sent with it, and said and shown about it since, may be read by others from now on. */
async function askAboutAll(db: Db, order: Placed & Told, actor: Actor): Promise<void> {
  const rows = await db.query<{ kind: 'photo' | 'voice' | 'evidence' | 'step'; id: string; by: string; role: string }>(
    `SELECT 'photo' AS kind, id, owner_id AS \`by\`, '' AS role FROM photo WHERE thing_id = ?
     UNION ALL SELECT 'voice', id, owner_id, '' FROM voice_note WHERE thing_id = ?
     UNION ALL SELECT 'evidence', p.id, p.owner_id, '' FROM history h JOIN photo p ON p.thing_id = h.id WHERE h.aggregate_id = ?
     UNION ALL SELECT 'step', h.id, h.actor_id, h.actor_role FROM history h
       WHERE h.aggregate_id = ? AND h.words IS NOT NULL AND h.actor_id IS NOT NULL`,
    Array<string>(4).fill(order.id),
  );
  await ask(db, order, actor, [
    ...(order.words === null || order.requesterId === null
      ? []
      : [{ field: 'order.words' as const, thingId: order.id, authorId: order.requesterId }]),
    ...rows.map(({ kind, id, by, role }): Asked => {
      const field = kind === 'step' ? stepField(role) : (`order.${kind}` as const);
      return { field, thingId: id, authorId: by };
    }),
  ]);
}

async function dropSummary(db: Db, orderId: string, now: Date): Promise<void> {
  const summary = { field: 'order.summary' as const, thingId: orderId };
  await withdrawWhole(db, summary, now);
  await setFlags(db, [{ ...summary, authorId: '' }], 0);
}
