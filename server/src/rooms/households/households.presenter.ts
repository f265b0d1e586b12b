import type { ReplyOf } from '@sandan/shared/endpoint';
import { chinaDate } from '@sandan/shared/china-time';
import { careStates, consentWays, householdEvents, kinships } from '@sandan/shared/households/household-events.words';
import { flagSources, householdFlags, relations, residences } from '@sandan/shared/households/household.words';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import type { Caller } from '../../foundation/access/caller';
import { isChild, isKnownGrownUp } from '../../foundation/access/childhood';
import { maskName, maskPhone } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import type { Tree } from '../../foundation/reference/tree';
import { carersOf, proxiesOf, type CareRow, type ProxyRow } from './care.queries';
import { mayGuard } from './guardians';
import type { HouseholdFlag } from './household.entity';
import { eraseRule, familyRule, flagRule, manageRule, mayOnHousehold, revealRule } from './households.policy';
import { eventsOf, flagsOf, membersOf, orderedFor, type HouseholdRecord, type MemberRow } from './households.queries';

type Card = ReplyOf<typeof householdsApi.list>['items'][number];
type Detail = ReplyOf<typeof householdsApi.read>;

const orNull = (name: string | null): string | null => (name === null ? null : maskName(name));

/** 碧塘村三组 */
export function placeName(gridId: string, tree: Tree): string {
  const grid = tree.grid(gridId);
  if (!grid) return '';
  return grid.tier === 'group' && grid.village ? `${tree.grid(grid.village)?.name ?? ''}${grid.name}` : grid.name;
}

export const presentHouseholdCard = (record: HouseholdRecord, { reference }: Caller): Card => ({
  ...{ householdId: record.id, gridId: record.gridId, door: record.door, code: record.code },
  place: placeName(record.gridId, reference.tree),
  ...{ head: orNull(record.headName), members: record.members, isHub: record.isHub === 1 },
});

/** The page of a household for somebody who may see it; what is not for him is not read. */
export async function presentHousehold(db: Reading, record: HouseholdRecord, caller: Caller): Promise<Detail> {
  const seesFlags = mayOnHousehold(flagRule, { ...record }, caller);
  const [people, flags, events, carers, proxies, ordered, guards] = await Promise.all([
    membersOf(db, record.id),
    seesFlags ? flagsOf(db, record.id) : null,
    eventsOf(db, record.id),
    carersOf(db, record.id),
    proxiesOf(db, record.id),
    orderedFor(db, record.id),
    mayOnHousehold(manageRule, { ...record }, caller) ? mayGuard(db, record.id, caller.now) : [],
  ]);
  const today = chinaDate(caller.now.getTime());
  return {
    ...presentHouseholdCard(record, caller),
    linkedMember:
      record.linkedIds[0] && record.linkedName ? { personId: record.linkedIds[0], name: record.linkedName } : null,
    hubKeeper: orNull(record.hubKeeperName),
    closedAt: record.closedAt?.toISOString() ?? null,
    mayGuard: guards.map(({ id, name }) => ({ personId: id, name: maskName(name) })),
    people: people.map((member) => presentMember(member, record, caller)),
    flags: flags?.map((flag) => presentFlag(flag, today)) ?? null,
    events: events.map(({ kind, on, name }) => ({ kindName: householdEvents[kind], on, name: orNull(name) })),
    carers: carers.map((care) => presentCare(care, record, caller)),
    proxies: proxies.map((proxy) => presentProxy(proxy, record, caller, today)),
    orderedForUs: ordered.map(({ at, ...order }) => ({ ...order, at: at.toISOString() })),
    allows: allowsOf(record, caller),
  };
}

export function allowsOf(record: HouseholdRecord, caller: Caller): Detail['allows'] {
  if (record.closedAt !== null) return [];
  const may = (rule: typeof manageRule) => mayOnHousehold(rule, { ...record }, caller);
  return [
    ...(may(manageRule) ? (['change', 'members', 'events', 'hub', 'doorCode', 'proxy'] as const) : []),
    ...(may(flagRule) ? (['flags'] as const) : []),
    ...(may(revealRule) ? (['reveal'] as const) : []),
    ...(may(familyRule) ? (['care'] as const) : []),
    ...(may(eraseRule) ? (['erase'] as const) : []),
  ];
}

const presentMember = (member: MemberRow, { headPersonId }: HouseholdRecord, caller: Caller) => ({
  ...{ personId: member.id, name: maskName(member.name), isMe: member.id === caller.personId },
  ...{ isHead: member.id === headPersonId, relation: member.relation, residence: member.residence },
  relationName: member.relation === null ? null : relations[member.relation],
  residenceName: member.residence === null ? null : residences[member.residence],
  age: ageBand(member.bornOn, caller.now),
  isMinor: member.bornOn !== null && !isKnownGrownUp(member, caller.now),
  ...{ guardianId: member.guardianId, guardianName: orNull(member.guardianName) },
  ...{ phone: maskPhone(member.phone), isBound: member.boundAt !== null },
});

/** 60 多岁: no more than one needs to know whom one meets. */
function ageBand(bornOn: string | null, now: Date): string | null {
  if (bornOn === null) return null;
  if (isChild({ bornOn }, now)) return '14 岁以下';
  const age = now.getUTCFullYear() - Number(bornOn.slice(0, 4));
  if (age < 20) return '十几岁';
  return age >= 80 ? '80 岁以上' : `${Math.floor(age / 10) * 10} 多岁`;
}

const presentFlag = ({ id, flag, personId, source, since, checkedUntil }: HouseholdFlag, today: string) => ({
  ...{ flagId: id, flag, name: householdFlags[flag].name, personId, sourceName: flagSources[source], since },
  ...{ checkedUntil, isDue: checkedUntil < today },
});

/** To the household the carer is somebody whom it let in, by name; to the carer, among his own, a place and a masked head. */
export function presentCare(care: CareRow, record: HouseholdRecord | null, caller: Caller) {
  const isMine = care.carerId === caller.personId;
  const answers = record !== null && !isMine && mayOnHousehold(familyRule, { ...record }, caller);
  const isOpen = care.state === 'asked';
  const mayEnd = care.state === 'agreed' || (isOpen && isMine);
  const home =
    care.state === 'agreed'
      ? `${placeName(care.gridId, caller.reference.tree)} ${orNull(care.headName) ?? ''}家`
      : '申请照看的家';
  const carer = isMine ? '您' : care.carerName;
  return {
    ...{ careId: care.id, householdId: care.householdId, state: care.state, stateName: careStates[care.state] },
    ...{ who: isMine && record === null ? home : carer, kinshipName: kinships[care.kinship] },
    allows: [
      ...(isOpen && answers ? (['agree', 'refuse'] as const) : []),
      ...(mayEnd && (isMine || answers) ? (['end'] as const) : []),
    ],
  };
}

const presentProxy = (proxy: ProxyRow, record: HouseholdRecord, caller: Caller, today: string) => ({
  ...{ proxyId: proxy.id, forName: maskName(proxy.personName), agentName: proxy.agentName },
  ...{ howName: consentWays[proxy.how], startsOn: proxy.startsOn, endsOn: proxy.endsOn },
  isRunning: proxy.startsOn <= today && proxy.endsOn >= today,
  mayRevoke: proxy.agentId === caller.personId || mayOnHousehold(familyRule, { ...record }, caller),
});
