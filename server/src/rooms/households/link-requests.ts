import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { householdLinksApi } from '@sandan/shared/households/household-links.contract';
import { Problem } from '@sandan/shared/problems';
import { roleFor, type Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import { gridsWith, reachesGrid } from '../../foundation/access/reach';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { repeatOf } from '../../foundation/lifecycle/admit';
import { History, type HistoryFacts } from '../../foundation/outbox/history.entity';
import type { Sealed } from '../../foundation/personal-data/vault';
import { linkBaseOf } from './link-base';
import { checkMember } from './link-plan';
import { linkOfHousehold } from './links.queries';
import { moveHousehold } from './links.service';
import { LinkRequest } from './visit.entity';
import { placeName } from './visits.presenter';

/** 想换一位联系党员: nobody has to say why. */
export async function askAnother(
  db: Db,
  caller: Caller,
  actionId: string | null,
  judge: () => BodyOf<typeof householdLinksApi.askAnother>,
): Promise<{ askedAt: string }> {
  const { householdId, homeGridId, personId, now } = caller;
  const repeat = await repeatOf(db, actionId);
  const [known] = await db.query<{ at: Date }>('SELECT at FROM link_request WHERE id = ? AND person_id = ?', [
    actionId,
    personId,
  ]);
  if (known) return { askedAt: known.at.toISOString() };
  const body = judge();
  if (repeat) throw new Problem('action.repeated-differently');
  if (householdId === null || homeGridId === null) throw new Problem('household-link.none');
  // Two of the household who ask at once wait for one another.
  await db.query('SELECT id FROM household WHERE id = ? FOR UPDATE', [householdId]);
  const link = await linkOfHousehold(db, householdId, now);
  if (!link) throw new Problem('household-link.none');
  if ((await openRequestOf(db, householdId)) !== null) throw new Problem('household-link.asked-already');
  const request = { id: body.actionId, householdId, gridId: homeGridId, memberId: link.memberId, personId };
  await db.insert(LinkRequest, [{ ...request, words: body.words ?? null, at: now }]);
  await tellRequest(db, caller, {
    eventId: body.actionId,
    requestId: body.actionId,
    gridId: homeGridId,
    action: 'ask',
    seq: 1,
  });
  return { askedAt: now.toISOString() };
}

/** When the household asked; null: there is nothing open. */
export async function openRequestOf(reading: Reading, householdId: string): Promise<Date | null> {
  const [row] = await reading.query<{ at: Date }>(
    'SELECT at FROM link_request WHERE household_id = ? AND settled_at IS NULL ORDER BY at LIMIT 1',
    [householdId],
  );
  return row?.at ?? null;
}

interface RequestRow {
  id: string;
  householdId: string;
  gridId: string;
  headName: string | null;
  door: Sealed | null;
  memberId: string;
  memberName: string;
  words: string | null;
  at: Date;
  settledAt: Date | null;
}

const requestSql = `SELECT r.id, r.household_id AS householdId, r.grid_id AS gridId, head.name AS headName, h.door_sealed AS door,
    m.id AS memberId, m.name AS memberName, r.words, r.at, r.settled_at AS settledAt
  FROM link_request r JOIN household h ON h.id = r.household_id JOIN person m ON m.id = r.member_id
    LEFT JOIN person head ON head.id = h.head_person_id`;

/** Those of the caller's grids, the oldest first. */
export async function openRequests(
  reading: Reading,
  caller: Caller,
): Promise<ReplyOf<typeof householdLinksApi.requests>> {
  const { tree } = caller.reference;
  const reached = new Set(gridsWith(caller, 'link.arrange').map(({ id }) => id));
  const gridIds = tree.grids.filter((grid) =>
    [grid.county, grid.town, grid.village, grid.group].some((id) => id && reached.has(id)),
  );
  if (gridIds.length === 0) return { items: [] };
  const rows = await reading.query<RequestRow>(
    `${requestSql} WHERE r.grid_id IN (?) AND r.settled_at IS NULL ORDER BY r.at, r.id LIMIT 200`,
    [gridIds.map(({ id }) => id)],
  );
  return {
    items: rows.map(({ id, householdId, gridId, headName, door, memberId, memberName, words, at }) => ({
      ...{ id, householdId, villageId: tree.grid(gridId)?.village ?? gridId, words, at: at.toISOString() },
      ...{ name: headName === null ? null : maskName(headName), grid: placeName(caller, gridId) },
      ...{ door: reading.vault.open('household.door', door), member: { id: memberId, name: memberName } },
    })),
  };
}

/** 换人, or kind words why not now. Once; a repeat answers the same. */
export async function settleRequest(
  db: Db,
  caller: Caller,
  { requestId, actionId }: { requestId: string; actionId: string | null },
  judge: () => BodyOf<typeof householdLinksApi.settleRequest>,
): Promise<{ settled: true }> {
  const repeat = await repeatOf(db, actionId);
  if (repeat && repeat.thingId === requestId && repeat.actorId === caller.personId && repeat.action === 'settle')
    return { settled: true };
  const [request] = await db.query<RequestRow>(`${requestSql} WHERE r.id = ?`, [requestId]);
  if (!request || !reachesGrid(caller, 'link.arrange', request.gridId))
    throw new Problem('household-link.request-not-found');
  if (repeat) throw new Problem('action.repeated-differently');
  if (request.settledAt !== null) throw new Problem('household-link.request-settled');
  const { actionId: eventId, memberId, words } = judge();
  const settled = await db.write(
    `UPDATE link_request SET settled_at = ?, settled_by_id = ?, new_member_id = ?, answer = ?
     WHERE id = ? AND settled_at IS NULL`,
    [caller.now, caller.personId, memberId ?? null, words ?? null, requestId],
  );
  if (settled === 0) throw new Problem('household-link.request-settled');
  const { householdId, gridId } = request;
  if (memberId !== undefined) {
    await checkWish(db, caller, request, memberId);
    await moveHousehold(db, caller, { actionId: eventId, householdId, memberId });
  }
  await tellRequest(db, caller, { eventId, requestId, gridId, action: 'settle', seq: 2 });
  const { townId } = caller.reference.tree.columns(gridId);
  const facts = { moved: memberId !== undefined };
  await recordAct(db, caller, 'settleLinkRequest', { thingId: requestId, townId, facts });
  return { settled: true };
}

async function checkWish(db: Db, caller: Caller, { gridId, householdId, memberId: old }: RequestRow, memberId: string) {
  const { tree } = caller.reference;
  const village = tree.grid(tree.gridOf(gridId).village ?? gridId);
  if (!village || memberId === old) throw new Problem('household-link.no-such-member');
  checkMember(await linkBaseOf(db, caller, village), householdId, memberId);
}

interface Told {
  eventId: string;
  requestId: string;
  gridId: string;
  action: 'ask' | 'settle';
  seq: number;
}

async function tellRequest(db: Db, caller: Caller, { eventId, requestId, gridId, action, seq }: Told): Promise<void> {
  const { townId } = caller.reference.tree.columns(gridId);
  const actorRole = action === 'ask' ? 'resident' : roleFor(caller, 'link.arrange', gridId);
  const facts: HistoryFacts = { gridId };
  await db.insert(History, [
    {
      ...{ id: eventId, thing: 'linkRequest', thingId: requestId, aggregateId: requestId, seq, townId, action, facts },
      ...{ actorId: caller.personId, actorName: caller.name, actorRole, onBehalfId: null, at: caller.now },
      ...{ fromState: null, toState: null, words: null, fannedOutAt: null },
    },
  ]);
}
