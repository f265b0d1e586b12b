import type { BodyOf, ReplyOf } from '@sandan/shared/endpoint';
import type { householdLinksApi } from '@sandan/shared/households/household-links.contract';
import { proposeLinks } from '@sandan/shared/households/link-proposal';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import { gridWithin } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import type { GridNode } from '../../foundation/reference/tree';
import { linkBaseOf, type LinkBase } from './link-base';
import { visitSettingsOf, type VisitSettings } from './visit-settings';
import { placeName } from './visits.presenter';

type Moves = BodyOf<typeof householdLinksApi.plan>['moves'];
type PlanReply = ReplyOf<typeof householdLinksApi.plan>;
type Change = PlanReply['rows'][number]['change'];

export interface PlannedRow {
  householdId: string;
  groupId: string;
  before: { memberId: string; standInId: string | null } | null;
  memberId: string | null;
  standInId: string | null;
  change: Change;
  /** The secretary moved it by hand. */
  moved: boolean;
}

export interface LinkPlan {
  scope: GridNode;
  base: LinkBase;
  settings: VisitSettings;
  rows: readonly PlannedRow[];
  loads: ReadonlyMap<string, number>;
}

/** The village or group, for a secretary who reaches it. Throws 404, 403, 409. */
export function linkScope(caller: Caller, gridId: string): { scope: GridNode; village: GridNode } {
  const scope = gridWithin(caller, 'link.arrange', gridId);
  if (scope.village === null) throw new Problem('household-link.not-a-village');
  return { scope, village: caller.reference.tree.gridOf(scope.village) };
}

/** 联户方案: the proposal for the village with the secretary's own moves, of which a group shows its own part. */
export async function linkPlan(reading: Reading, caller: Caller, gridId: string, moves: Moves): Promise<LinkPlan> {
  const { scope, village } = linkScope(caller, gridId);
  const settings = await visitSettingsOf(reading, village.town);
  const base = await linkBaseOf(reading, caller, village);
  const isHere = (groupId: string) => caller.reference.tree.isWithin(groupId, scope.id);
  const proposal = proposeLinks(base.households, base.members, base.links, { full: settings.linksTo });
  const proposed = new Map(proposal.households.map((each) => [each.householdId, each]));
  const present = new Map(base.links.map((link) => [link.householdId, link]));
  const wanted = checkedMoves(base, moves, isHere);
  const rows = base.households.map(({ id, groupId }): PlannedRow => {
    const before = present.get(id) ?? null;
    // What lies outside the scope stays as it is.
    const own = isHere(groupId) ? proposed.get(id) : before;
    const memberId = wanted.get(id) ?? own?.memberId ?? null;
    const standInId = wanted.has(id) ? null : (own?.standInId ?? null);
    const after = { memberId, standInId };
    return { householdId: id, groupId, before, ...after, change: changeOf(before, after), moved: wanted.has(id) };
  });
  return { scope, base, settings, rows, loads: loadsOf(rows) };
}

function changeOf(before: PlannedRow['before'], after: Pick<PlannedRow, 'memberId' | 'standInId'>): Change {
  if (after.memberId === null) return 'nobody';
  if (before === null) return 'new';
  if (before.memberId !== after.memberId) return 'other';
  return before.standInId === after.standInId ? 'none' : 'standIn';
}

const loadsOf = (rows: readonly PlannedRow[]): ReadonlyMap<string, number> => {
  const loads = new Map<string, number>();
  for (const { memberId, standInId } of rows)
    for (const id of [memberId, standInId]) if (id !== null) loads.set(id, (loads.get(id) ?? 0) + 1);
  return loads;
};

function checkedMoves(
  { households, members }: LinkBase,
  moves: Moves,
  isHere: (groupId: string) => boolean,
): ReadonlyMap<string, string> {
  const groupOf = new Map(households.map(({ id, groupId }) => [id, groupId]));
  for (const { householdId, memberId } of moves) {
    const groupId = groupOf.get(householdId);
    if (groupId === undefined || !isHere(groupId)) throw new Problem('household.not-found');
    checkMember({ members }, householdId, memberId);
  }
  return new Map(moves.map(({ householdId, memberId }) => [householdId, memberId]));
}

/** Somebody who may be linked to that household. Throws the 409 that says why not. */
export function checkMember({ members }: Pick<LinkBase, 'members'>, householdId: string, memberId: string): void {
  const member = members.find(({ id }) => id === memberId);
  if (!member || member.outside) throw new Problem('household-link.no-such-member');
  if (member.away) throw new Problem('household-link.member-away');
  if (member.barred.includes(householdId)) throw new Problem('household-link.own-household');
}

export function presentPlan(reading: Reading, caller: Caller, plan: LinkPlan, groupId: string | undefined): PlanReply {
  const { scope, base, settings, rows, loads } = plan;
  const { tree } = caller.reference;
  const here = rows.filter((row) => tree.isWithin(row.groupId, scope.id));
  const count = (change: Change) => here.filter((row) => row.change === change).length;
  return {
    ...{ gridId: scope.id, name: placeName(caller, scope.id), base: base.stamp },
    ...{ from: settings.linksFrom, to: settings.linksTo, households: here.length },
    ...{ added: count('new'), changed: count('other'), standIns: count('standIn'), unlinked: count('nobody') },
    members: membersOf(caller, base, settings, loads),
    groups: groupsOf(caller, here),
    rows: groupId === undefined ? [] : rowsOf(reading, base, here, groupId),
    allows: here.some((row) => row.change !== 'none' && (row.change !== 'nobody' || row.before !== null))
      ? ['apply']
      : [],
  };
}

function membersOf(
  caller: Caller,
  { members, links }: LinkBase,
  { linksFrom, linksTo }: VisitSettings,
  loads: LinkPlan['loads'],
): PlanReply['members'] {
  const before = new Map<string, number>();
  for (const { memberId, standInId } of links)
    for (const id of [memberId, standInId]) if (id !== null) before.set(id, (before.get(id) ?? 0) + 1);
  return members.map(({ id, name, gridId, away, outside }) => {
    const after = loads.get(id) ?? 0;
    return {
      ...{
        personId: id,
        name,
        grid: outside ? '外村' : placeName(caller, gridId),
        away,
        before: before.get(id) ?? 0,
        after,
      },
      warning: warningOf(after, { linksFrom, linksTo }),
    };
  });
}

function warningOf(count: number, { linksFrom, linksTo }: Pick<VisitSettings, 'linksFrom' | 'linksTo'>): string | null {
  if (count > linksTo) return `多于 ${linksTo} 户`;
  return count < linksFrom ? `少于 ${linksFrom} 户` : null;
}

function groupsOf(caller: Caller, rows: readonly PlannedRow[]): PlanReply['groups'] {
  const ids = [...new Set(rows.map(({ groupId }) => groupId))];
  const ofGroup = (id: string) => rows.filter(({ groupId }) => groupId === id);
  return ids
    .map((id) => ({
      ...{ id, name: caller.reference.tree.gridOf(id).name, households: ofGroup(id).length },
      ...{
        code: caller.reference.tree.gridOf(id).code,
        changes: ofGroup(id).filter(({ change }) => change !== 'none').length,
      },
    }))
    .sort((one, other) => (one.code < other.code ? -1 : 1))
    .map(({ id, name, households, changes }) => ({ id, name, households, changes }));
}

function rowsOf(
  reading: Reading,
  { households, members, links, asked }: LinkBase,
  rows: readonly PlannedRow[],
  groupId: string,
): PlanReply['rows'] {
  const household = new Map(households.map((each) => [each.id, each]));
  const names = new Map([
    ...links.map(({ memberId, memberName }) => [memberId, memberName] as const),
    ...members.map(({ id, name }) => [id, name] as const),
  ]);
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' });
  return rows
    .filter((row) => row.groupId === groupId)
    .map(({ householdId, before, memberId, standInId, change }) => ({
      householdId,
      name: maskedHead(household.get(householdId)?.headName ?? null),
      door: reading.vault.open('household.door', household.get(householdId)?.door ?? null),
      ...{ before: named(before?.memberId ?? null), after: named(memberId), standIn: named(standInId), change },
      asked: asked.has(householdId),
    }));
}

const maskedHead = (name: string | null): string | null => (name === null ? null : maskName(name));
