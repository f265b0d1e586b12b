import { permissionsOf, helperKinds, roleNames, type Permission } from '@sandan/shared/access/roles';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { peopleApi } from '@sandan/shared/people/people.contract';
import { Problem } from '@sandan/shared/problems';
import { grantsWith, type Caller, type Grant } from '../../foundation/access/caller';
import { maskPhone } from '../../foundation/access/masking';
import type { Db, Reading } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import { History } from '../../foundation/outbox/history.entity';
import type { Vault } from '../../foundation/personal-data/vault';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { fullName, type Tree } from '../../foundation/reference/tree';
import type { Reference } from '../../foundation/reference/reference';
import { awayForLong } from '../households/covering.queries';
import { demoPeople } from './demo-people';
import { meRow, type MeRow } from './people.queries';
import { demoRows } from './sign-in.queries';

type Me = ReplyOf<typeof peopleApi.me>;
type DemoPerson = ReplyOf<typeof peopleApi.demoPeople>['people'][number];

/** Who I am here: home, my party member, roles, tabs, what I may do at all. */
export async function meOf(reading: Reading, caller: Caller): Promise<Me> {
  const row = await meRow(reading, caller);
  const { reference } = caller;
  const { vault } = reading;
  return {
    personId: caller.personId,
    name: caller.name,
    phone: maskPhone(vault.open('person.phone', caller.sealedPhone)),
    home: homeOf(caller, vault.open('household.door', row.door)),
    linkedMember: linkedMemberOf(row, vault, caller.now),
    roles: caller.grants.map((grant) => roleHere(grant, reference.tree)),
    tabs: tabsOf(caller),
    can: [...new Set(['resident' as const, ...caller.grants.map(({ role }) => role)].flatMap(permissionsOf))].sort(),
    largeType: caller.largeType,
    unreadMessages: Number(row.unread),
    town: townOf(caller),
  };
}

function homeOf({ householdId, homeGridId, reference: { tree } }: Caller, door: string | null): Me['home'] {
  const grid = homeGridId === null ? undefined : tree.grid(homeGridId);
  if (householdId === null || grid === undefined) return null;
  const name = (id: string | null): string => (id === null ? '' : (tree.grid(id)?.name ?? ''));
  return {
    householdId,
    gridId: grid.id,
    town: name(grid.town),
    village: name(grid.village),
    group: name(grid.group),
    door,
  };
}

function linkedMemberOf(row: MeRow, vault: Vault, now: Date): Me['linkedMember'] {
  if (row.memberId === null || row.memberName === null) return null;
  return {
    personId: row.memberId,
    name: row.memberName,
    kindName: row.memberKind ? helperKinds[row.memberKind] : roleNames.helper,
    away: row.memberAwayUntil !== null && row.memberAwayUntil > now,
    phone: vault.open('person.publishedPhone', row.memberPhone),
  };
}

function roleHere({ role, kind, tree, nodeId, grids }: Grant, trees: Tree): Me['roles'][number] {
  const [first, ...more] = grids;
  const grid = more.length === 0 ? first : undefined;
  const node = tree === 'grid' ? trees.grid(nodeId) : trees.organization(nodeId);
  return {
    role,
    roleName: roleNames[role],
    kindName: kind ? helperKinds[kind] : null,
    tree,
    nodeId,
    nodeName: node?.name ?? '',
    gridId: grid?.id ?? null,
    tier: grid?.tier ?? null,
  };
}

/** A role over a node with one of these works at the 工作台; everybody reads his own orders, but by no grant. */
const deskPermissions: readonly Permission[] = [
  ...(['order.read', 'order.readAffairs', 'inspection.read', 'figures.read', 'setting.change'] as const),
  ...(['opinion.answer', 'audit.read'] as const),
];
function tabsOf(caller: Caller): Me['tabs'] {
  // The desk hands out the work; that it could take some itself asks for no tab.
  const claims = grantsWith(caller, 'task.claim').some(({ role }) => !permissionsOf(role).includes('order.desk'));
  const desk = deskPermissions.some((permission) => grantsWith(caller, permission).length > 0);
  return ['home', 'orders', ...(claims ? (['claims'] as const) : []), ...(desk ? (['desk'] as const) : []), 'me'];
}

/** The town whose settings hold for me: where I live, else where I work. */
function townOf({ homeGridId, grants, reference }: Caller): Me['town'] {
  const { tree } = reference;
  const grids = [homeGridId === null ? undefined : tree.grid(homeGridId), ...grants.flatMap((grant) => grant.grids)];
  const townId = grids.map((grid) => grid?.town).find((id) => id);
  const town = townId ? tree.grid(townId) : undefined;
  if (!town) return null;
  return { gridId: town.id, name: town.name, dutyPhone: reference.town(town.id).dutyPhone ?? town.dutyPhone };
}

export interface MySettings {
  largeType?: boolean | undefined;
  awayUntil?: string | null | undefined;
}

const longestAbsence = 366 * 24 * 60 * 60_000;

/** 长辈版 and 外出. An absence that is over already means: I am back. */
export async function changeMe(db: Db, caller: Caller, settings: MySettings): Promise<Me> {
  const wasLong = settings.awayUntil !== undefined && (await isAwayForLong(db, caller));
  const largeType = settings.largeType ?? caller.largeType;
  const awayUntil = settings.awayUntil === undefined ? caller.awayUntil : awayUntilOf(settings.awayUntil, caller.now);
  await db.write(
    `UPDATE person SET large_type = ?, away_since = IF(? IS NULL, NULL, IF(away_until > ?, COALESCE(away_since, ?), ?)), away_until = ?
     WHERE id = ?`,
    [largeType, awayUntil, caller.now, caller.now, caller.now, awayUntil, caller.personId],
  );
  if (settings.awayUntil !== undefined && !wasLong && (await isAwayForLong(db, caller))) await tellAway(db, caller);
  // 代管: whether a desk is vacant is counted anew.
  if (settings.awayUntil !== undefined && caller.grants.length > 0) {
    await makeReadAnew(db);
  }
  return meOf(db, { ...caller, largeType, awayUntil });
}

async function isAwayForLong(reading: Reading, { personId, now }: Caller): Promise<boolean> {
  const [row] = await reading.query<{ awaySince: Date | null; awayUntil: Date | null }>(
    'SELECT away_since AS awaySince, away_until AS awayUntil FROM person WHERE id = ?',
    [personId],
  );
  return row !== undefined && awayForLong(row, now);
}

/** 外出 that has become a long one: whoever arranges his households hears of it, once, however often he saves it. */
async function tellAway(
  db: Db,
  { personId, name, now, homeGridId, grants, reference: { tree } }: Caller,
): Promise<void> {
  const id = newId(now);
  const gridId = homeGridId ?? grants[0]?.grids[0]?.id;
  const townId = gridId === undefined ? null : tree.columns(gridId).townId;
  await db.insert(History, [
    {
      ...{ id, thing: 'person', thingId: personId, aggregateId: id, seq: 1, townId, action: 'away', at: now },
      ...{
        actorId: personId,
        actorName: name,
        actorRole: 'resident',
        onBehalfId: null,
        fromState: null,
        toState: null,
      },
      ...{ words: null, facts: null, fannedOutAt: null },
    },
  ]);
}

function awayUntilOf(given: string | null, now: Date): Date | null {
  const until = given === null ? now : new Date(given);
  if (until.getTime() - now.getTime() > longestAbsence) {
    throw new Problem('request.bad-input', { fields: { awayUntil: '外出最长填一年' } });
  }
  return until > now ? until : null;
}

/** The prepared people with the place they act in. */
export async function listDemoPeople(reading: Reading, reference: Reference, now: Date): Promise<DemoPerson[]> {
  const rows = new Map((await demoRows(reading, now)).map((row) => [row.key, row]));
  return demoPeople.flatMap(({ key, roleName, tryThis }) => {
    const row = rows.get(key);
    return row ? [{ key, name: row.name, roleName, tryThis, place: placeOf(row, reference.tree) || '外地' }] : [];
  });
}

function placeOf(row: { nodeId: string | null; tree: string | null; homeGridId: string | null }, tree: Tree): string {
  if (row.nodeId !== null && row.tree === 'party') return tree.organization(row.nodeId)?.name ?? '';
  const gridId = row.nodeId ?? row.homeGridId;
  const grid = gridId === null ? undefined : tree.grid(gridId);
  return grid ? fullName(grid, tree) : '';
}
