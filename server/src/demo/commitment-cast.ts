import type { Deed } from './deed';
import type { Inhabitant } from './homes';
import type { Place } from './places';
import type { Stage } from './stage';

/** A village's party organisation with whoever promises something in it. */
export interface Branch {
  id: string;
  village: Place;
  secretary: Inhabitant;
  deputy: Inhabitant;
  /** All on its roster, the two above too. */
  members: Inhabitant[];
}

export function branchesOf({ places, population, reference, holders }: Stage): Branch[] {
  const members = population.people.filter(({ row }) => row.homeOrganizationId !== null);
  return places.villages.map(({ village }) => {
    const found = population.posts.find(
      ({ role, nodeId }) =>
        role === 'partySecretary' &&
        reference.tree.gridsOfOrganization(nodeId).some(({ id }) => id === village.grid.id),
    );
    const [secretary, deputy] = [found?.person, holders('deputySecretary', found?.nodeId ?? '')[0]];
    if (!found || !secretary || !deputy) throw new Error(`${village.grid.name} has no secretary or no deputy`);
    const roster = members.filter(({ row }) => row.homeOrganizationId === found.nodeId);
    return { id: found.nodeId, village, secretary, deputy, members: roster };
  });
}

/** The secretary of the organisation; where there is none, of the nearest one above. */
function secretaryOver({ reference, holders }: Stage, organizationId: string): Inhabitant {
  const line = reference.tree.organizationLine(organizationId);
  const [found] = line.flatMap((id) => holders('partySecretary', id));
  if (!found) throw new Error('Nobody is secretary');
  return found;
}

/** Whoever answers for the deed. */
export const keeperOf = ({ stage, record }: Deed): Inhabitant => stage.person(record.responsibleId);
export const authorOf = ({ stage, record }: Deed): Inhabitant => stage.person(record.authorId);
export const reviewerOf = ({ stage, record }: Deed): Inhabitant => secretaryOver(stage, record.reviewOrganizationId);
export const publisherOf = ({ stage, record }: Deed): Inhabitant => secretaryOver(stage, record.organizationId);

/** 党员's own deeds are for the group he lives in; a secretary's, and his deputy's, for the village. */
export const servedBy = (person: Inhabitant, { village, secretary, deputy }: Branch): string => {
  const isLocal = person.home !== null && person !== secretary && person !== deputy;
  return isLocal && person.home ? person.home.row.gridId : village.grid.id;
};

/** Grown-ups with a phone whom the deed was promised to and who have no part in it; nobody whom a visitor plays. */
export function promisedPeople({ stage, record }: Deed): Inhabitant[] {
  const { random, population } = stage;
  const groups = stage.groups.filter(({ grid }) => [grid.id, grid.villageId].includes(record.forGridId));
  const homes = random.shuffle(groups.flatMap(({ grid }) => stage.homes(grid.id)));
  const parts = new Set([record.authorId, record.responsibleId, record.personId, ...record.helperIds]);
  const played = new Set(Object.values(population.prepared));
  // A household speaks with one voice.
  return homes.flatMap(({ members }) => {
    const voice = members.find(
      (person) => person.age >= 18 && person.row.phone !== null && !parts.has(person.row.id) && !played.has(person),
    );
    return voice ? [voice] : [];
  });
}
