import type { z } from 'zod';
import { commitmentLifecycle, type CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import type {
  CommitmentCard,
  CommitmentChange,
  CommitmentDetail,
  CommitmentDispute,
  CommitmentStep,
  ListedCommitment,
} from '@sandan/shared/commitments/commitment.schema';
import {
  changeKinds,
  commitmentFields,
  commitmentKinds,
  commitmentLimits,
} from '@sandan/shared/commitments/commitment.words';
import { wordingHints } from '@sandan/shared/commitments/wording';
import { chinaDate, chinaDay } from '@sandan/shared/china-time';
import { orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import type { PhotoLink } from '@sandan/shared/orders/order.schema';
import { helperKinds, roleNames, type Role } from '@sandan/shared/access/roles';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhonesAndIds } from '../../foundation/access/masking';
import { heldIn } from '../../foundation/checks/held-in';
import { photoLink } from '../../foundation/photos/links';
import type { SigningKeys } from '../../foundation/access/signature';
import { allowsOf, mayAct } from './act';
import type { Beside, StepRow } from './commitment-detail.queries';
import type { PairRow } from './photo-pairs.queries';
import type { CommitmentRecord } from './commitment-record';
import { contentOf } from './commitment-rows';
import { opinionsUntil } from './commitments.guards';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
const actionNames: Readonly<Record<string, { name: string }>> = commitmentLifecycle.actions;

const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

/** Whole days from today to the last day; negative when it is past. */
const daysLeft = (deadline: string, now: Date): number => chinaDay(startOfDay(deadline)) - chinaDay(now.getTime());

const member = (personId: string | null, name: string | null) =>
  personId === null ? null : { personId, name: name ?? '' };

/** 碧塘村三组: groups are called alike in every village. */
export function placeName(tree: Caller['reference']['tree'], gridId: string): string {
  const { name, tier, village } = tree.gridOf(gridId);
  return tier === 'group' && village !== null ? `${tree.gridOf(village).name}${name}` : name;
}

export function presentCard(record: CommitmentRecord, caller: Caller): z.input<typeof CommitmentCard> {
  const { tree } = caller.reference;
  const { name: stateName } = commitmentLifecycle.states[record.state];
  const left = daysLeft(record.deadline, caller.now);
  return {
    ...{ id: record.id, roundId: record.roundId, year: record.roundYear },
    ...{ kind: record.kind, kindName: commitmentKinds[record.kind] },
    ...{ state: record.state, stateName, stage: record.stage, version: record.contentVersion },
    ...{ title: record.title, field: record.field, fieldName: commitmentFields[record.field] },
    organization: { id: record.organizationId, name: tree.organization(record.organizationId)?.name ?? '' },
    person: member(record.personId, record.personName),
    responsible: member(record.responsibleId, record.responsibleName),
    ...{ quantity: record.quantity, unit: record.unit, quantityDone: record.quantityDone, percent: record.percent },
    ...{ deadline: record.deadline, daysLeft: left, overdue: record.stage === 'working' && left < 0 },
    forName: record.forWords ?? placeName(tree, record.forGridId),
    rating: {
      raters: record.raters,
      stars: record.raters >= commitmentLimits.ratersShown ? record.stars / record.raters : null,
      mine: record.myStars,
    },
    allows: allowsOf(record, caller),
  };
}

type Pair = NonNullable<z.input<typeof ListedCommitment>['pair']>;

/** A card on the wall, with how it looked before and after. */
export const presentListed = (
  record: CommitmentRecord,
  caller: Caller,
  pair: PairRow | undefined,
  signing: SigningKeys,
): z.input<typeof ListedCommitment> => {
  const link = (photo: PairRow['before']): Pair['before'] => photo && photoLink(photo, signing, caller.now);
  return {
    ...presentCard(record, caller),
    pair: pair ? { before: link(pair.before), after: link(pair.after) } : null,
  };
};

/** Whoever promises as a helper does so as a party member (党员承诺). */
const postOf = (role: string): string =>
  role === 'helper' ? helperKinds.partyMember : (roleNames[role as Role] ?? '系统');

/** 一位群众: whoever says something in public, unless he has agreed to stand there with his (masked) name. */
const saidBy = (name: string | null, isMine: boolean): string => {
  if (isMine) return '您';
  return name === null ? '一位群众' : maskName(name);
};

function actorOf({ actorId, actorName, actorRole }: StepRow, caller: Caller) {
  const isSelf = actorId === caller.personId;
  const name = actorRole === 'resident' ? saidBy(null, isSelf) : actorName;
  return { name, role: actorRole, roleName: postOf(actorRole), onBehalfOf: null };
}

const numberIn = (facts: StepRow['facts'], name: string): number | null =>
  typeof facts?.[name] === 'number' ? facts[name] : null;

type Links = (thingId: string) => z.input<typeof PhotoLink>[];

const presentStep = (
  row: StepRow,
  caller: Caller,
  { links, readable }: { links: Links; readable: boolean },
): z.input<typeof CommitmentStep> => ({
  ...{ id: row.id, action: row.action, name: actionNames[row.action]?.name ?? row.action },
  ...{ at: row.at.toISOString(), actor: actorOf(row, caller) },
  ...{ words: readable ? row.words : null, ...heldIn(row.held), held: row.held !== 0 },
  ...{ percent: numberIn(row.facts, 'percent'), quantityDone: numberIn(row.facts, 'quantityDone') },
  photos: links(row.id),
});

interface Answerable {
  answer: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
}
const answered = (row: Answerable, isShut: Hearing['isShut']) => ({
  answer: isShut(row) ? null : row.answer,
  answeredAt: iso(row.answeredAt),
  answeredBy: row.answeredBy,
});

interface Hearing {
  /** Whether the caller must answer. */
  answers: boolean;
  /** An answer stands in the story, too, as one act: what is hidden there does not show here. */
  isShut(answer: Answerable): boolean;
}

/** Held words are read by their author and by whoever must answer them; numbers in what is shown, too. */
const said = (row: Beside['opinions'][number], caller: Caller, { answers, isShut }: Hearing) => {
  const mine = row.personId === caller.personId;
  const held = row.held !== 0;
  const words = mine || answers ? row.words : maskPhonesAndIds(row.words);
  return {
    ...{ id: row.id, words: held && !mine && !answers ? null : words, held },
    ...{ at: row.at.toISOString(), by: saidBy(row.name, mine), mine },
    ...answered(row, isShut),
  };
};

const presentDispute = (
  row: Beside['disputes'][number],
  caller: Caller,
  { links, ...hearing }: Hearing & { links: Links },
): z.input<typeof CommitmentDispute> => {
  const spoken = said(row, caller, hearing);
  return {
    ...spoken,
    dueAt: row.dueAt.toISOString(),
    upheld: row.upheld === null ? null : row.upheld === 1,
    photos: spoken.words === null ? [] : links(row.id),
  };
};

/** What raters wrote, without names: for whoever answers for the deed or reviews it, and for all from five raters on. */
function presentRatings({ ratings }: Beside, record: CommitmentRecord, caller: Caller) {
  const answers = mayAct('deliver', record, caller) || mayAct('accept', record, caller);
  const isShown = record.raters >= commitmentLimits.ratersShown;
  return ratings
    .map(({ personId, stars, words, held }) => ({
      ...{ stars, words, mine: personId === caller.personId, held: held !== 0, waits: held === 1 },
    }))
    .filter(({ mine, held }) => mine || answers || (isShown && !held))
    .map((rating) => (rating.mine || answers ? rating : { ...rating, words: maskPhonesAndIds(rating.words) }));
}

const presentChange = (
  row: Beside['changes'][number],
  isShut: Hearing['isShut'],
): z.input<typeof CommitmentChange> => ({
  ...{ id: row.id, kind: row.kind, kindName: changeKinds[row.kind], reason: row.reason, content: row.content },
  ...{ ...heldIn(row.held), held: row.held !== 0 },
  ...{ at: row.at.toISOString(), by: row.byName, state: row.decision ?? 'open' },
  ...answered(row, isShut),
});

/** The deed is public, so of an order it shows only what the village may know (可公开). */
function presentOrders(orders: Beside['orders']) {
  const open = orders.filter(({ visibility, summaryHeld }) => visibility === 'open' && summaryHeld === 0);
  return {
    orders: open.map(({ id, title, state, stage }) => ({
      ...{ id, title, stage },
      stateName: orderLifecycle.states[state].name,
    })),
    otherOrders: orders.length - open.length,
  };
}

/** Whoever promised it, reviews it or makes it public has it in hand: he sees what others do not see yet. */
const keepsOrReviews = (record: CommitmentRecord, caller: Caller): boolean =>
  (['deliver', 'accept', 'publish'] as const).some((action) => mayAct(action, record, caller));

const aboutRatings: readonly string[] = ['rate', 'showWords', 'hideWords'] satisfies CommitmentAction[];
const authorsActions: readonly CommitmentAction[] = ['rewrite', 'submit'];

export function presentDetail(
  record: CommitmentRecord,
  caller: Caller,
  beside: Beside,
  signing: SigningKeys,
): z.input<typeof CommitmentDetail> {
  const inHand = keepsOrReviews(record, caller);
  const readable = (held: number, authorId: string | null) => held === 0 || inHand || authorId === caller.personId;
  const links: Links = (thingId) =>
    beside.photos
      .filter((photo) => photo.thingId === thingId && readable(photo.held, photo.ownerId))
      .map(({ id, width, height, held }) => photoLink({ id, width, height, held }, signing, caller.now));
  const card = presentCard(record, caller);
  // What residents rate is told as a sum; who asked to rate is nobody's business.
  const history = beside.history.filter(({ action }) => !aboutRatings.includes(action));
  const photosOf = (action: string) => history.filter((row) => row.action === action).flatMap(({ id }) => links(id));
  const answers = mayAct('uphold', record, caller);
  const unreadable = history.filter((row) => row.words !== null && !readable(row.held, row.actorId));
  const isShut = ({ answer, answeredAt }: Answerable) =>
    unreadable.some(({ words, at }) => words === answer && at.getTime() === answeredAt?.getTime());
  const disputes = beside.disputes.map((row) => presentDispute(row, caller, { links, answers, isShut }));
  // A dispute and its step are one act: what is held of the one does not show through the other.
  const hidden = new Set(disputes.filter(({ words: heard }) => heard === null).map(({ id }) => id));
  const changes = beside.changes.filter(({ held, byId }) => readable(held, byId));
  const hiddenChanges = beside.changes.filter((row) => !changes.includes(row));
  const shut = new Set(hiddenChanges.map(({ id }) => id));
  // The reason of a change, or of a return, stands with the wording that came of it.
  const shutReasons = new Set([...hiddenChanges.map(({ reason }) => reason), ...unreadable.map((row) => row.words)]);
  const isAuthors = card.allows.some((action) => authorsActions.includes(action));
  const { words, forGridId, forWords, money, moneySource } = contentOf(record);
  return {
    ...card,
    ...{ words, forGridId, forWords, money, moneySource },
    helpers: beside.helpers,
    versions: beside.versions.map((version) => ({
      ...{ number: version.number, content: contentOf(version), at: version.at.toISOString() },
      ...{ by: version.byName, reason: shutReasons.has(version.reason ?? '') ? null : version.reason },
    })),
    ...{ publishedAt: iso(record.publishedAt), opinionsUntil: iso(opinionsUntil(record)) },
    ...{ deliveredAt: iso(record.deliveredAt), acceptedAt: iso(record.acceptedAt) },
    ...{ partly: record.partly === 1, carriesOver: record.carriesOver === 1 },
    ...{ before: photosOf('draft'), after: photosOf('deliver') },
    history: history.map((row) =>
      presentStep(row, caller, {
        links: hidden.has(row.id) ? () => [] : links,
        readable: readable(row.held, row.actorId) && !shut.has(row.id),
      }),
    ),
    opinions: beside.opinions.map((row) =>
      said(row, caller, { answers: mayAct('answerOpinion', record, caller), isShut }),
    ),
    disputes,
    changes: changes.map((row) => presentChange(row, isShut)),
    ...presentOrders(beside.orders),
    ratings: presentRatings(beside, record, caller),
    hints: isAuthors ? wordingHints({ ...record, deadline: chinaDate(startOfDay(record.deadline)) }) : [],
  };
}
