/**
 * 联户 proposed: which member is linked to which household of a village, or of a whole county. Same group first, balanced,
 * links that hold are kept. Pure and deterministic: the same input, in whatever order, gives the same proposal, so the
 * server can make it anew when the secretary applies what he saw.
 */
export interface ProposalHousehold {
  readonly id: string;
  readonly villageId: string;
  readonly groupId: string;
}

export interface ProposalMember {
  readonly id: string;
  readonly villageId: string;
  /** The group he serves or lives in; null: the whole village. */
  readonly groupId: string | null;
  /** His own household and those of near relatives: never linked to him, as a household has one link. */
  readonly barred: readonly string[];
  /** Away for more than 30 days: keeps his households, gets no new ones; somebody stands in for him. */
  readonly away: boolean;
  /** Serves elsewhere: keeps what he has here, gets nothing new. */
  readonly outside?: boolean;
}

export interface ProposalLink {
  readonly householdId: string;
  readonly memberId: string;
  readonly standInId: string | null;
}

export interface Proposal {
  readonly households: readonly Proposed[];
  /** Households by member after it, stand-ins included. */
  readonly loads: ReadonlyMap<string, number>;
}

export interface Proposed {
  readonly householdId: string;
  /** Null where nobody is in reach. */
  readonly memberId: string | null;
  readonly standInId: string | null;
}

interface Standing {
  readonly member: ProposalMember;
  readonly barred: ReadonlySet<string>;
  load: number;
}

/** `full`: households beyond which a member of the group is passed over while others of the village have room. */
export function proposeLinks(
  households: readonly ProposalHousehold[],
  members: readonly ProposalMember[],
  links: readonly ProposalLink[],
  { full }: { full: number },
): Proposal {
  const standings = new Map(
    byId(members).map((member) => [member.id, { member, barred: new Set(member.barred), load: 0 } as Standing]),
  );
  const linkOf = new Map(links.map((link) => [link.householdId, link]));
  const reach = reachOf([...standings.values()]);
  const sorted = byId(households);
  const kept = new Map(sorted.map((household) => [household.id, keptMember(household, linkOf, standings)]));
  const keptStandIns = new Map(sorted.map(({ id }) => [id, keptStandIn(id, kept.get(id), linkOf, standings)]));
  for (const each of [...kept.values(), ...keptStandIns.values()]) if (each) each.load += 1;

  const proposed = sorted.map((household): Proposed => {
    const holder = kept.get(household.id) ?? taken(choose(household, reach, full));
    return {
      householdId: household.id,
      memberId: holder?.member.id ?? null,
      standInId: holder?.member.away ? (standInFor(household, keptStandIns, reach, full)?.member.id ?? null) : null,
    };
  });
  return { households: proposed, loads: new Map([...standings].map(([id, { load }]) => [id, load])) };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((one, other) => (one.id < other.id ? -1 : 1));

function keptMember(
  { id, villageId }: ProposalHousehold,
  linkOf: ReadonlyMap<string, ProposalLink>,
  standings: ReadonlyMap<string, Standing>,
): Standing | null {
  const holder = standings.get(linkOf.get(id)?.memberId ?? '');
  return holder && holder.member.villageId === villageId && !holder.barred.has(id) ? holder : null;
}

/** Whoever already stands in goes on, as long as he is needed and there himself. */
function keptStandIn(
  id: string,
  holder: Standing | null | undefined,
  linkOf: ReadonlyMap<string, ProposalLink>,
  standings: ReadonlyMap<string, Standing>,
): Standing | null {
  const standIn = standings.get(linkOf.get(id)?.standInId ?? '');
  if (!holder?.member.away || !standIn || standIn === holder) return null;
  return standIn.member.away || standIn.barred.has(id) ? null : standIn;
}

interface Reach {
  readonly ofGroup: ReadonlyMap<string, readonly Standing[]>;
  readonly ofVillage: ReadonlyMap<string, readonly Standing[]>;
}

function reachOf(standings: readonly Standing[]): Reach {
  const ofGroup = new Map<string, Standing[]>();
  const ofVillage = new Map<string, Standing[]>();
  for (const standing of standings) {
    const { away, outside, groupId, villageId } = standing.member;
    if (away || outside) continue;
    push(ofVillage, villageId, standing);
    if (groupId !== null) push(ofGroup, groupId, standing);
  }
  return { ofGroup, ofVillage };
}

function push(map: Map<string, Standing[]>, key: string, standing: Standing): void {
  const list = map.get(key);
  if (list) list.push(standing);
  else map.set(key, [standing]);
}

/** The least loaded of the group; when they are full, of the village; when all are full, of the group again. */
function choose({ id, groupId, villageId }: ProposalHousehold, reach: Reach, full: number): Standing | null {
  const ofGroup = leastLoaded(reach.ofGroup.get(groupId), id);
  if (ofGroup && ofGroup.load < full) return ofGroup;
  const ofVillage = leastLoaded(reach.ofVillage.get(villageId), id);
  return ofVillage && ofVillage.load < full ? ofVillage : (ofGroup ?? ofVillage);
}

function leastLoaded(standings: readonly Standing[] | undefined, householdId: string): Standing | null {
  let least: Standing | null = null;
  for (const standing of standings ?? []) {
    if (standing.barred.has(householdId)) continue;
    if (least === null || standing.load < least.load) least = standing;
  }
  return least;
}

function standInFor(
  household: ProposalHousehold,
  known: ReadonlyMap<string, Standing | null>,
  reach: Reach,
  full: number,
): Standing | null {
  return known.get(household.id) ?? taken(choose(household, reach, full));
}

function taken(standing: Standing | null): Standing | null {
  if (standing) standing.load += 1;
  return standing;
}
