import type { z } from 'zod';
import type { HouseholdFlagName } from '@sandan/shared/households/household.words';
import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import { orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import type { Stage } from '@sandan/shared/lifecycle';
import { answerWords, findingsOf } from '@sandan/shared/sweeps/sweep-form';
import type * as schema from '@sandan/shared/sweeps/sweep.schema';
import { sweepLifecycle } from '@sandan/shared/sweeps/sweep.lifecycle';
import { personStandings, targetStates, type PersonStanding } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import { reachesGrid } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import { photoLink } from '../../foundation/photos/links';
import { photosOf } from '../../foundation/photos/photos.service';
import type { SigningKeys } from '../../foundation/access/signature';
import type { Tree } from '../../foundation/reference/tree';
import { countTargets, doneOf } from './counts.queries';
import { needsOf } from './needs.queries';
import type { Said } from './record.service';
import { asShown } from './sweep-checks';
import type { Sweep } from './sweep.entity';
import { allowsOf, doorsOver, hidesDoors, isSome, mayRecord, reachOver, seesNeeds } from './sweeps.policy';
import type { SweepRecord } from './sweeps.queries';
import { ordersOfTarget, personsOf, type PersonRow, type TargetRecord } from './targets.queries';
import { visitsOf, type VisitRecord } from './visits.queries';

type Card = z.input<typeof schema.SweepCard>;
type Done = { households: number; done: number } | undefined;

export const presentCard = (sweep: Sweep, caller: Caller, done: Done): Card => ({
  ...{ id: sweep.id, kind: sweep.kind, title: asShown(sweep, caller).title, state: sweep.state, stage: sweep.stage },
  stateName: sweepLifecycle.states[sweep.state].name,
  gridId: sweep.gridId,
  gridName: caller.reference.tree.grid(sweep.gridId)?.name ?? '',
  deadline: sweep.deadline.toISOString(),
  overdue: sweep.state === 'running' && caller.now > sweep.deadline,
  households: done?.households ?? 0,
  done: done?.done ?? 0,
});

export async function presentCards(db: Reading, sweeps: readonly SweepRecord[], caller: Caller, holderId?: string) {
  const done = await doneOf(
    db,
    sweeps.map(({ id }) => id),
    holderId,
  );
  return sweeps.map((sweep) => presentCard(sweep, caller, done.get(sweep.id)));
}

const isComplainable = ({ held, setById }: Sweep, { personId }: Caller): boolean => held === 0 && setById !== personId;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A sweep as who leads it sees it: his part of the numbers, what he may do next. */
export async function presentSweep(
  db: Reading,
  sweep: SweepRecord,
  caller: Caller,
): Promise<z.input<typeof schema.Sweep>> {
  const counts = await countTargets(db, sweep.id, reachOver(caller, 'sweep.read', sweep));
  const { households, todo } = counts;
  const knowsFlags = reachesGrid(caller, 'sweep.chooseFlags', sweep.gridId) || sweep.setById === caller.personId;
  const flags = (sweep.flags?.split(',') ?? []) as HouseholdFlagName[];
  const allows = allowsOf(sweep, caller);
  const { purpose, orderedBy } = asShown(sweep, caller);
  return {
    ...presentCard(sweep, caller, { households, done: households - todo }),
    ...{ purpose, orderedBy, namesPeople: sweep.namesPeople === 1 },
    ...{ held: sweep.held !== 0, complainable: isComplainable(sweep, caller) },
    questions: sweep.questions.map(formQuestion),
    places: [...sweep.places],
    selection: {
      ...{ by: sweep.selectedBy, flags: knowsFlags ? flags : null, listed: sweep.listed.length },
      householdIds: allows.includes('change') ? [...sweep.listed] : [],
    },
    setBy: sweep.setBy,
    startedAt: iso(sweep.startedAt),
    closedAt: iso(sweep.closedAt),
    counts,
    mayExport: sweep.state !== 'draft' && reachesGrid(caller, 'sweep.export', sweep.gridId),
    mayExportNames:
      sweep.state !== 'draft' && !hidesDoors(sweep) && reachesGrid(caller, 'sweep.exportNames', sweep.gridId),
    showsDoors: isSome(doorsOver(caller, sweep)),
    allows,
  };
}

export const formQuestion = (question: Sweep['questions'][number]): z.input<typeof schema.SweepQuestion> =>
  ({ ...question }) as z.input<typeof schema.SweepQuestion>;

export function placeOf(tree: Tree, gridId: string) {
  const { town, village, group } = tree.gridOf(gridId);
  const name = (id: string | null): string | null => (id === null ? null : (tree.grid(id)?.name ?? null));
  return { gridId, town: name(town), village: name(village), group: name(group) };
}

export const presentTargetCard = (target: TargetRecord, { reference }: Caller): z.input<typeof schema.TargetCard> => ({
  ...{ id: target.id, householdId: target.householdId, door: target.door, people: target.people },
  head: target.headName === null ? null : maskName(target.headName),
  place: placeOf(reference.tree, target.gridId),
  ...{ state: target.state, stateName: targetStates[target.state], tries: target.tries },
  ...{ late: target.late === 1, findings: target.findings, visitedAt: iso(target.visitedAt) },
  holder: target.holderId === null ? null : { personId: target.holderId, name: target.holderName ?? '' },
});

const presentPerson = ({ personId, name, standing, placeId }: PersonRow) => ({
  ...{ personId, name: maskName(name), standing: standing as PersonStanding | null, placeId },
});

/** What a holder carries: doors first who cannot move alone, then as they stand in the village. */
export async function presentRound(db: Reading, sweep: SweepRecord, targets: readonly TargetRecord[], caller: Caller) {
  const { title, purpose, orderedBy } = asShown(sweep, caller);
  const named = sweep.kind === 'rollCall' || sweep.namesPeople === 1;
  const persons = named ? await personsOf(db, targets) : [];
  const needs =
    sweep.kind === 'rollCall'
      ? await needsOf(
          db,
          targets.map(({ householdId }) => householdId),
        )
      : [];
  const rank = ({ householdId }: TargetRecord): number =>
    needs.find((need) => need.householdId === householdId)?.rank ?? Number.MAX_SAFE_INTEGER;
  const ordered = [...targets].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      one.gridId.localeCompare(other.gridId) ||
      doors.compare(one.door ?? '', other.door ?? ''),
  );
  return {
    ...{ id: sweep.id, kind: sweep.kind, title, purpose, orderedBy, complainable: isComplainable(sweep, caller) },
    deadline: sweep.deadline.toISOString(),
    overdue: caller.now > sweep.deadline,
    namesPeople: named,
    questions: sweep.questions.map(formQuestion),
    places: [...sweep.places],
    targets: ordered.map((target) => {
      const { id, door, head, place, people, state, stateName, tries } = presentTargetCard(target, caller);
      const knows = seesNeeds(caller, target, target.linkedIds.includes(caller.personId));
      const own = needs.filter(({ householdId }) => knows && householdId === target.householdId);
      return {
        ...{ id, door, head, place, people, state, stateName, tries },
        needs: [...new Set(own.map(({ name }) => name))],
        persons: persons.filter(({ householdId }) => householdId === target.householdId).map(presentPerson),
      };
    }),
  };
}

const doors = new Intl.Collator('zh-CN', { numeric: true });

/** One household with its visits and what became of what was found. */
export async function presentTarget(
  db: Reading,
  { target, sweep }: { target: TargetRecord; sweep: SweepRecord },
  caller: Caller,
  signing: SigningKeys,
): Promise<z.input<typeof schema.SweepTarget>> {
  const [visits, persons, orders] = [
    await visitsOf(db, target.id),
    await personsOf(db, [target]),
    await ordersOfTarget(db, target.id),
  ];
  const photos = await photosOf(
    db,
    'sweepVisit',
    visits.map(({ id }) => id),
  );
  const named = sweep.kind === 'rollCall' || sweep.namesPeople === 1;
  const knows = sweep.kind === 'rollCall' && seesNeeds(caller, target, target.linkedIds.includes(caller.personId));
  const needs = knows ? await needsOf(db, [target.householdId]) : [];
  const counting = visits.find(({ id }) => id === target.visitId);
  const found = target.findings > 0 && counting ? findingsOf(sweep.questions, counting.said.answers) : [];
  const records = mayRecord(caller, target);
  return {
    ...presentTargetCard(target, caller),
    ...{ sweepId: sweep.id, title: asShown(sweep, caller).title, kind: sweep.kind, sweepState: sweep.state },
    deadline: sweep.deadline.toISOString(),
    namesPeople: named,
    questions: sweep.questions.map(formQuestion),
    places: [...sweep.places],
    persons: named ? persons.map(presentPerson) : [],
    needs: [...new Set(needs.map(({ name }) => name))],
    visits: visits.map((visit) => ({
      ...presentVisit(visit, sweep, persons),
      photos: photos
        .filter(({ thingId }) => thingId === visit.id)
        .map((photo) => photoLink(photo, signing, caller.now)),
    })),
    mend: found
      .filter(({ id }) => !orders.some(({ questionId }) => questionId === id))
      .map(({ id, ask, categoryId }) => ({ questionId: id, ask, categoryId: categoryId ?? null })),
    orders: orders.map((order) => ({
      ...{ orderId: order.orderId, title: order.title, state: order.state as OrderState, stage: order.stage as Stage },
      stateName: orderLifecycle.states[order.state as OrderState].name,
    })),
    allows: [
      ...(records && sweep.state === 'running' ? (['record'] as const) : []),
      ...(records && sweep.state !== 'cancelled' && reachesForOrder(caller, target) ? (['order'] as const) : []),
    ],
  };
}

/** As orders ask of whoever places for others (`sourcePermission.sweep`): a post on the same line of the tree. */
const reachesForOrder = (caller: Caller, { gridId }: TargetRecord): boolean =>
  reachesGrid(caller, 'order.settle', gridId);

function presentVisit(visit: VisitRecord, { questions, places }: SweepRecord, persons: readonly PersonRow[]) {
  const { answers, additions, words } = visit.said;
  const findings = new Set(findingsOf(questions, answers).map(({ id }) => id));
  return {
    ...{ id: visit.id, result: visit.result, resultName: targetStates[visit.result], by: visit.byName },
    ...{ visitedAt: visit.visitedAt.toISOString(), recordedAt: visit.recordedAt.toISOString() },
    ...{ late: visit.late === 1, peopleMet: visit.peopleMet, additions, words },
    answers: questions.flatMap(({ id, ask }) =>
      answers[id] === undefined ? [] : [{ id, ask, words: answerWords(answers[id]), finding: findings.has(id) }],
    ),
    persons: personWords(visit.said, persons, places),
  };
}

/** Only who still belongs to the household is named. */
function personWords(said: Said, persons: readonly PersonRow[], places: Sweep['places']) {
  const nameOf = (id: string): string | undefined => persons.find(({ personId }) => personId === id)?.name;
  const confirmed = said.confirmedIds.map((personId) => ({ personId, words: '在' }));
  const moved = said.persons.map(({ personId, standing, placeId, words }) => ({
    personId,
    words: [personStandings[standing], places.find(({ id }) => id === placeId)?.name, words]
      .filter(Boolean)
      .join(' · '),
  }));
  return [...confirmed, ...moved].flatMap(({ personId, words }) => {
    const name = nameOf(personId);
    return name === undefined ? [] : [{ name: maskName(name), words }];
  });
}
