import { stageOf } from '@sandan/shared/lifecycle';
import { usualMinima, type ExemptionReason } from '@sandan/shared/commitments/commitment.words';
import { roundLifecycle, type RoundAction, type RoundState } from '@sandan/shared/commitments/round.lifecycle';
import { chinaDate, chinaYear, clockTime, dayOf, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';
import { roleFor } from '../foundation/access/caller';
import type { History } from '../foundation/outbox/history.entity';
import type { Debtor, Round } from '../rooms/commitments/round.entity';
import { mayMove } from '../rooms/commitments/rounds.policy';
import type { Inhabitant } from './homes';
import type { Stage } from './stage';
import * as sayings from './words/commitment-sayings';

/** A year of promises as it went, up to today. */
export interface Year {
  number: number;
  round: Round;
  history: Partial<History>[];
  debtors: Debtor[];
  /** The last day of the year's deeds, 'YYYY-MM-DD'. */
  endsOn: string;
  isClosed: boolean;
  stateAt(at: Date): RoundState;
  /** An instant of that year: month 1–12 (13 is the January after it), day, hour. */
  instant(month: number, day: number, hour?: number): number;
}

interface Move {
  action: RoundAction;
  at: number;
}

/** Month, day and hour at which the town moves its year. */
const moves: readonly (readonly [action: RoundAction, month: number, day: number])[] = [
  ['open', 1, 8],
  ['startDrafting', 1, 12],
  ['startReview', 2, 21],
  ['begin', 3, 1],
  ['lookBack', 7, 6],
  ['goOn', 7, 18],
];
const closing: typeof moves = [
  ['startClosing', 12, 27],
  ['close', 13, 12],
];

/**
 * The year under way on the day of the first run, and the one before it. Until the middle of March the promises of a new
 * year are not public yet: the old year is still running then, and ends with March.
 */
export function demoYears(stage: Stage): { last: Year; current: Year } {
  const now = stage.today.getTime();
  const thisYear = chinaYear(now);
  const isEarly = now < startOfChinaDay(dayOf(thisYear, 3, 16));
  const number = isEarly ? thisYear - 1 : thisYear;
  return {
    last: yearOf(stage, number - 1, `${number - 1}-12-31`, true),
    current: yearOf(stage, number, isEarly ? `${thisYear}-03-31` : `${number}-12-31`, false),
  };
}

const instantIn =
  (year: number): Year['instant'] =>
  (month, day, hour = 9) =>
    startOfChinaDay(month > 12 ? dayOf(year + 1, month - 12, day) : dayOf(year, month, day)) +
    clockTime(hour) * minuteMs;

function yearOf(stage: Stage, number: number, endsOn: string, isClosed: boolean): Year {
  const instant = instantIn(number);
  const happened = [...moves, ...(isClosed ? closing : [])]
    .map(([action, month, day]): Move => ({ action, at: instant(month, day) }))
    .filter(({ at }) => at <= stage.today.getTime());
  const stateAt = (at: Date): RoundState => stateAfter(happened.filter((move) => move.at <= at.getTime()));
  const state = stateAfter(happened);
  const draft: Round = {
    ...{ id: stage.random.id(new Date(instant(1, 8))), organizationId: committeeOf(stage), year: number, endsOn },
    ...{ townId: stage.places.town.grid.id, state, stage: stageOf(roundLifecycle, state), version: 0 },
    ...{ minima: usualMinima, ranks: ['generalBranch', 'branch'] },
    ...{ draftsUntil: `${number}-02-20`, reviewsUntil: `${number}-02-28` },
    ...{ openedById: stage.population.prepared.townSecretary.row.id, openedAt: new Date(instant(1, 8)) },
  };
  const debtors = whoOwes(stage, draft);
  const history = historyOf(stage, draft, happened, exempted(stage, debtors, instant));
  return { number, round: { ...draft, version: history.length }, history, debtors, endsOn, isClosed, stateAt, instant };
}

const committeeOf = ({ population }: Stage): string => {
  const post = population.posts.find(
    ({ person, role }) => person === population.prepared.townSecretary && role === 'partySecretary',
  );
  if (!post) throw new Error('The town has no secretary');
  return post.nodeId;
};

const stateAfter = (happened: readonly Move[]): RoundState =>
  happened.reduce<RoundState>((state, { action }) => {
    const { from, to } = roundLifecycle.actions[action] as { from: readonly RoundState[]; to: RoundState };
    if (action !== 'open' && !from.includes(state)) throw new Error(`A year cannot ${action} while it is ${state}`);
    return to;
  }, 'preparing');

/** Branches of the ranks and members of the roster, as the room lists them when drafting starts. */
function whoOwes({ population, reference, random }: Stage, round: Round): Debtor[] {
  const { personal, ...ofOrganization } = round.minima;
  const common = { roundId: round.id, fromMonth: null, exempt: null, exemptWords: null };
  const branches = [...new Set(population.posts.flatMap(({ tree, nodeId }) => (tree === 'party' ? [nodeId] : [])))]
    .flatMap((id) => reference.tree.organization(id) ?? [])
    .filter(({ rank }) => (round.ranks as readonly string[]).includes(rank))
    .map(({ id, name }): Debtor => {
      return { ...common, debtorId: id, kind: 'organization', organizationId: id, name, owed: ofOrganization };
    });
  const members = population.people.flatMap((person): Debtor[] => {
    const { id, name, homeOrganizationId: organizationId } = person.row;
    if (organizationId === null) return [];
    const chance = random.next();
    const free = organizationId === round.organizationId ? ofTheTown : freedBy(population.prepared, person, chance);
    return [{ ...common, debtorId: id, kind: 'person', organizationId, name, owed: { personal }, ...free }];
  });
  return [...branches, ...members];
}

/** The leaders of the town promise to the county. */
const ofTheTown = { exempt: 'other', exemptWords: '由县委审诺，不计入本镇。' } as const;

/** 免诺: of the others, the old, the ill and those far away. */
function freedBy(
  prepared: Stage['population']['prepared'],
  person: Inhabitant,
  chance: number,
): Pick<Debtor, 'exempt' | 'exemptWords'> | null {
  if (Object.values(prepared).includes(person) || chance > 0.035) return null;
  const reason: ExemptionReason = person.age >= 62 ? 'frail' : awayOrIll(chance);
  return { exempt: reason, exemptWords: sayings.exemptWords[reason] ?? null };
}

const awayOrIll = (chance: number): ExemptionReason => (chance < 0.022 ? 'awayLongTerm' : 'ill');

interface Exempted {
  at: number;
  debtor: Debtor;
}

const exempted = (stage: Stage, debtors: readonly Debtor[], instant: Year['instant']): Exempted[] =>
  debtors
    .filter(({ exempt }) => exempt !== null)
    .map((debtor) => ({ debtor, at: instant(1, stage.random.int(14, 31), stage.random.int(9, 17)) }));

/** The steps of the year and who was exempted in between, in the order of time. */
function historyOf(stage: Stage, round: Round, happened: readonly Move[], free: readonly Exempted[]) {
  const steps = [
    ...happened.map(({ action, at }) => ({ action, at, words: null, facts: null })),
    ...free.map(({ at, debtor: { debtorId, exempt, exemptWords } }) => ({
      ...{ action: 'exempt' as const, at, words: exemptWords, facts: { debtorId, reason: exempt } },
    })),
  ].sort((one, other) => one.at - other.at);
  const by = stage.population.prepared.townSecretary;
  return steps.map(({ action, at: ms, words, facts }, index): Partial<History> => {
    const at = new Date(ms);
    const caller = stage.caller(by, at);
    if (!mayMove(caller, action, round.organizationId)) throw new Error(`The secretary of the town cannot ${action}`);
    const before = happened.filter((move) => move.at < ms);
    const to = stateAfter(happened.filter((move) => move.at <= ms));
    return {
      ...{ id: stage.random.id(at), thing: 'round', thingId: round.id, aggregateId: round.id, seq: index + 1 },
      ...{
        townId: round.townId,
        action,
        actorId: by.row.id,
        actorName: by.row.name,
        onBehalfId: null,
        at,
        words,
        facts,
      },
      ...{ actorRole: roleFor(caller, `round.${action}`), toState: to, fannedOutAt: at },
      fromState: action === 'open' ? null : stateAfter(before),
    };
  });
}

/** The last day of a month of that year. */
export const lastDayOf = (year: number, month: number): string =>
  chinaDate(startOfChinaDay(month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1)) - 1);
