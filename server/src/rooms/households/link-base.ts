import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { fingerprintOf } from '../../foundation/fingerprint';
import type { Sealed } from '../../foundation/personal-data/vault';
import type { GridNode } from '../../foundation/reference/tree';
import type { ProposalHousehold, ProposalLink, ProposalMember } from '@sandan/shared/households/link-proposal';
import { awayForLong } from './covering.queries';
import { linkNow } from './links.queries';

/** What a proposal for a village is made from, with the names that its secretary reads. */
export interface LinkBase {
  village: GridNode;
  households: readonly (ProposalHousehold & { headName: string | null; door: Sealed | null })[];
  members: readonly (ProposalMember & { name: string; gridId: string })[];
  links: readonly (ProposalLink & { memberName: string })[];
  /** Households that have asked for another member. */
  asked: ReadonlySet<string>;
  /** Changes with everything the proposal depends on: who applies a plan applies it to what he saw. */
  stamp: string;
}

export async function linkBaseOf(reading: Reading, caller: Caller, village: GridNode): Promise<LinkBase> {
  const { now, reference } = caller;
  const gridIds = reference.tree.grids.filter(({ id }) => reference.tree.isWithin(id, village.id)).map(({ id }) => id);
  const households = await householdsIn(reading, village.id, gridIds);
  const links = await linksIn(reading, gridIds, now);
  const members = await membersOf(reading, village.id, gridIds, links, now);
  const asked = await askedIn(reading, gridIds);
  const stamp = fingerprintOf([
    ...[
      households.map(({ id, groupId }) => [id, groupId]),
      links.map((link) => [link.householdId, link.memberId, link.standInId]),
    ],
    members.map(({ id, groupId, barred, away, outside }) => [id, groupId, barred, away, outside]),
  ]).toString('hex');
  return { village, households, members, links, asked, stamp: stamp.slice(0, 32) };
}

const householdsIn = async (reading: Reading, villageId: string, gridIds: readonly string[]) => {
  const rows = await reading.query<{ id: string; gridId: string; headName: string | null; door: Sealed | null }>(
    `SELECT h.id, h.grid_id AS gridId, head.name AS headName, h.door_sealed AS door
     FROM household h LEFT JOIN person head ON head.id = h.head_person_id
     WHERE h.grid_id IN (?) AND h.closed_at IS NULL ORDER BY h.id`,
    [gridIds],
  );
  return rows.map(({ gridId, ...row }) => ({ ...row, villageId, groupId: gridId }));
};

const linksIn = (reading: Reading, gridIds: readonly string[], now: Date) =>
  reading.query<LinkBase['links'][number]>(
    `SELECT l.household_id AS householdId, l.member_id AS memberId, l.stand_in_id AS standInId, m.name AS memberName
     FROM household h JOIN household_link l ON l.household_id = h.id AND ${linkNow()} JOIN person m ON m.id = l.member_id
     WHERE h.grid_id IN (?) AND h.closed_at IS NULL ORDER BY l.household_id, l.starts_at`,
    [now, now, gridIds],
  );

const askedIn = async (reading: Reading, gridIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await reading.query<{ id: string }>(
    'SELECT household_id AS id FROM link_request WHERE grid_id IN (?) AND settled_at IS NULL',
    [gridIds],
  );
  return new Set(rows.map(({ id }) => id));
};

interface MemberRow {
  id: string;
  name: string;
  householdId: string | null;
  homeGridId: string | null;
  awaySince: Date | null;
  awayUntil: Date | null;
  nodeId: string | null;
}

/** 党员 who serve in the village, and those from elsewhere who already have a household here. */
async function membersOf(
  reading: Reading,
  villageId: string,
  gridIds: readonly string[],
  links: LinkBase['links'],
  now: Date,
): Promise<LinkBase['members']> {
  const linked = [
    ...new Set(links.flatMap(({ memberId, standInId }) => [memberId, ...(standInId ? [standInId] : [])])),
  ];
  const rows = await reading.query<MemberRow>(
    `SELECT p.id, p.name, p.household_id AS householdId, h.grid_id AS homeGridId, p.away_since AS awaySince, p.away_until AS awayUntil,
       g.node_id AS nodeId
     FROM person p LEFT JOIN household h ON h.id = p.household_id
       LEFT JOIN role_grant g ON g.person_id = p.id AND g.role = 'helper' AND g.kind = 'partyMember' AND g.tree = 'grid'
         AND g.node_id IN (?) AND g.starts_at <= ? AND (g.ends_at IS NULL OR g.ends_at > ?)
     WHERE p.disabled_at IS NULL AND (p.id IN (?) OR p.id IN (
       SELECT x.person_id FROM role_grant x WHERE x.node_id IN (?) AND x.role = 'helper' AND x.kind = 'partyMember'
         AND x.starts_at <= ? AND (x.ends_at IS NULL OR x.ends_at > ?)))
     ORDER BY p.id, g.node_id = ?`,
    [gridIds, now, now, linked.length > 0 ? linked : [''], gridIds, now, now, villageId],
  );
  const first = rows.filter(({ id }, index) => rows[index - 1]?.id !== id);
  const wards = await householdsOfWards(
    reading,
    first.map(({ id }) => id),
  );
  return first.map(({ id, name, householdId, homeGridId, awaySince, awayUntil, nodeId }) => {
    const home = homeGridId !== null && gridIds.includes(homeGridId) ? homeGridId : null;
    const groupId = nodeId === villageId ? home : nodeId;
    const barred = [...new Set([...(householdId === null ? [] : [householdId]), ...(wards.get(id) ?? [])])].sort();
    const away = awayForLong({ awaySince, awayUntil }, now);
    return {
      ...{
        id,
        name,
        villageId,
        groupId: groupId === villageId ? null : groupId,
        gridId: groupId ?? villageId,
        barred,
        away,
      },
      outside: nodeId === null,
    };
  });
}

/** 监护: the household of a child is a near relative's. */
async function householdsOfWards(reading: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await reading.query<{ id: string; householdId: string }>(
    `SELECT guardian_id AS id, household_id AS householdId FROM person
     WHERE guardian_id IN (?) AND household_id IS NOT NULL ORDER BY household_id`,
    [ids],
  );
  const found = new Map<string, string[]>();
  for (const { id, householdId } of rows) found.set(id, [...(found.get(id) ?? []), householdId]);
  return found;
}
