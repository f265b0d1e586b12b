import { roleNames } from '@sandan/shared/access/roles';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { householdLinksApi } from '@sandan/shared/households/household-links.contract';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { openRequestOf } from './link-requests';
import { linkOfHousehold, type LinkOfHousehold } from './links.queries';
import { branchOfGrids, contactById, holdersAt, hubsOfGroup, type ContactRow } from './my-contacts.queries';
import { placeName } from './visits.presenter';

type Mine = ReplyOf<typeof householdLinksApi.mine>;

/** 双联双找: my party member (or who stands in for him), my branch with its secretaries, the hub households near by. */
export async function myContacts(reading: Reading, caller: Caller): Promise<Mine> {
  const { householdId, homeGridId, now } = caller;
  if (householdId === null || homeGridId === null)
    return { member: null, serving: null, branch: null, hubs: [], askedAt: null, allows: [] };
  const link = await linkOfHousehold(reading, householdId, now);
  const asked = await openRequestOf(reading, householdId);
  const member = link ? await memberOf(reading, caller, link) : null;
  const branch = await branchOf(reading, caller, link);
  return {
    ...{ member, branch },
    serving: member && !member.away ? null : await servingOf(reading, caller, branch),
    hubs: await hubsOf(reading, caller, homeGridId),
    askedAt: asked?.toISOString() ?? null,
    allows: [
      ...(link && asked === null ? (['askAnother'] as const) : []),
      ...(member && !member.away && member.personId !== caller.personId ? (['placeDirect'] as const) : []),
    ],
  };
}

async function memberOf(reading: Reading, { now }: Caller, link: LinkOfHousehold): Promise<Mine['member']> {
  const standsIn = Number(link.standsIn) === 1 && link.standInId !== null;
  const row = await contactById(reading, standsIn ? (link.standInId ?? '') : link.memberId);
  if (!row) return null;
  return {
    ...contact(reading, row, '党员'),
    away: row.awayUntil !== null && row.awayUntil > now,
    standInFor: standsIn ? link.memberName : null,
    since: link.startsAt.toISOString(),
  };
}

/** 代联系: the secretary of the branch; where there is none, the village's desk. */
async function servingOf(reading: Reading, caller: Caller, branch: Mine['branch']): Promise<Mine['serving']> {
  const { homeGridId, now, personId, reference } = caller;
  const [secretary] = (branch?.secretaries ?? []).filter((each) => each.personId !== personId);
  if (secretary) return secretary;
  const village = homeGridId === null ? null : (reference.tree.grid(homeGridId)?.village ?? null);
  const desk = village === null ? [] : await holdersAt(reading, 'deskLead', village, now);
  const there = desk.find((row) => row.id !== personId && (row.awayUntil === null || row.awayUntil <= now));
  return there ? contact(reading, there, roleNames.deskLead) : null;
}

const contact = (reading: Reading, { id, name, phone }: ContactRow, kindName: string) => ({
  ...{ personId: id, name, kindName },
  phone: reading.vault.open('person.publishedPhone', phone),
});

/** Tied to my group, else to my village; where none is, that of my member. 党小组 is no branch: its branch is meant. */
async function branchOf(reading: Reading, caller: Caller, link: LinkOfHousehold | undefined): Promise<Mine['branch']> {
  const { homeGridId, now, reference } = caller;
  const grid = homeGridId === null ? undefined : reference.tree.grid(homeGridId);
  const line = [grid?.group, grid?.village].flatMap((id) => id ?? []);
  const organizationId = (await branchOfGrids(reading, line)) ?? link?.memberOrganizationId ?? null;
  const branches = (organizationId === null ? [] : reference.tree.organizationLine(organizationId))
    .flatMap((id) => reference.tree.organization(id) ?? [])
    .filter(({ rank }) => rank !== 'cell');
  const [organization, above] = branches;
  if (!organization) return null;
  const own = await holdersAt(reading, 'partySecretary', organization.id, now);
  // 代管: without a secretary the one above is asked.
  const secretaries = own.length > 0 || !above ? own : await holdersAt(reading, 'partySecretary', above.id, now);
  return {
    ...{ organizationId: organization.id, name: organization.name },
    secretaries: secretaries.map((row) => contact(reading, row, roleNames.partySecretary)),
  };
}

/** 党员中心户 of my group: a place where everybody may come, so its door is told. */
async function hubsOf(reading: Reading, caller: Caller, groupId: string): Promise<Mine['hubs']> {
  const [hubs, keepers] = await Promise.all([
    hubsOfGroup(reading, groupId),
    holdersAt(reading, 'hubKeeper', groupId, caller.now),
  ]);
  const named = await Promise.all(hubs.map(({ keeperId }) => (keeperId ? contactById(reading, keeperId) : undefined)));
  return hubs.map(({ id, door }, place) => {
    const keeper = named[place];
    const own = keeper ? [keeper] : keepers.filter(({ householdId }) => householdId === id);
    return {
      householdId: id,
      place: `${placeName(caller, groupId)}${reading.vault.open('household.door', door) ?? ''}`,
      keepers: (own.length > 0 ? own : keepers).map((row) => contact(reading, row, roleNames.hubKeeper)),
    };
  });
}
