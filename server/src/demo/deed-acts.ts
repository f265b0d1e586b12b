import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import type { CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { resultAtClosing } from '@sandan/shared/commitments/owed';
import { canDo } from '@sandan/shared/lifecycle';
import { roleFor, type Caller } from '../foundation/access/caller';
import { historyRow, mayAct, maySee, type Scene, type Step } from '../rooms/commitments/act';
import * as change from '../rooms/commitments/change.service';
import type { CommitmentRecord } from '../rooms/commitments/commitment-record';
import { CommitmentOrder, CommitmentVersion, type Content } from '../rooms/commitments/commitment.entity';
import { commitmentGuards } from '../rooms/commitments/commitments.guards';
import { newCommitment } from '../rooms/commitments/draft-rows';
import { checkContent } from '../rooms/commitments/draft-rules';
import { sendBack, submit } from '../rooms/commitments/draft.service';
import * as open from '../rooms/commitments/public.service';
import * as review from '../rooms/commitments/review.service';
import type { Year } from './commitment-year';
import { answerOpen, apply, commitmentTable, keep, memoryOf, NotYet, type Deed } from './deed';
import type { Inhabitant } from './homes';
import type { Stage } from './stage';
import type { DeedTexts, DeedWords } from './words/deed-words';

/** The effects of the commitments room itself: what a person does here is what the service would have done. */
const effects = {
  ...{ submit, return: sendBack, approve: review.approve, publish: review.publish, progress: review.progress },
  ...{ deliver: review.deliver, accept: review.accept, reject: review.reject, rate: open.rate },
  ...{ opine: open.opine, answerOpinion: open.answerOpinion, dispute: open.dispute, uphold: open.uphold },
  ...{ dismiss: open.dismiss, requestChange: change.requestChange, approveChange: change.approveChange },
  ...{ refuseChange: change.refuseChange, release: change.release },
};
type Effects = typeof effects;
type BodyFor<Action extends keyof Effects> = Omit<Parameters<Effects[Action]>[1], 'actionId'>;

/** Those that insert rows of their own; the others bind uploads, which drawings are not. */
const leavesRows = new Set<CommitmentAction>([
  ...(['return', 'rate', 'opine', 'dispute', 'requestChange', 'approveChange'] as const),
]);

export interface Drafting {
  year: Year;
  kind: CommitmentKind;
  organizationId: string;
  /** Null: the organisation's own. */
  person: Inhabitant | null;
  by: Inhabitant;
  responsible: Inhabitant;
  helpers: readonly Inhabitant[];
  content: Content;
  at: Date;
  lateReason: string | null;
  wording: DeedWords;
  texts: DeedTexts;
}

/** 拟诺: the first row of a deed, as the room's `draftCommitment` writes it. */
export function draft(stage: Stage, drafting: Drafting): Deed {
  const { year, by, content, at, lateReason, wording, texts } = drafting;
  if (at > stage.today) throw new NotYet();
  const state = year.stateAt(at);
  if (state !== 'drafting' && (!lateReason || state === 'preparing')) throw new Error(`Nothing is drafted in ${state}`);
  const caller = stage.caller(by, at);
  checkContent(caller, year.round, content);
  const record = freshRecord(stage, drafting, caller);
  if (!mayAct('draft', record, caller)) throw new Error(`${caller.name} cannot promise this`);
  const scene = { record: { ...record, version: 0 }, caller, actionId: stage.random.id(at) };
  const first = historyRow(scene, 'draft', { to: 'draft', words: lateReason, facts: null });
  const deed: Deed = {
    stage,
    year,
    record,
    at,
    history: [first],
    beside: new Map(),
    clocks: [],
    pictures: [],
    wording,
    texts,
  };
  noteVersion(deed, caller, content);
  return deed;
}

function freshRecord(stage: Stage, drafting: Drafting, caller: Caller): CommitmentRecord {
  const { year, kind, organizationId, person, responsible, helpers, content, lateReason, at } = drafting;
  const debt = { kind, organizationId, personId: person?.row.id ?? null };
  const body = { ...content, kind, roundId: year.round.id, helperIds: [], beforePhotoIds: [] };
  const late = lateReason === null ? {} : { lateReason };
  return {
    ...newCommitment(caller, stage.random.id(at), { ...body, ...late }, debt),
    ...reviewersOf(stage, drafting),
    ...{ responsibleId: responsible.row.id, helperIds: helpers.map(({ row }) => row.id) },
    ...{ roundState: year.stateAt(at), roundYear: year.number, roundEndsOn: year.endsOn },
    ...{
      roundOrganizationId: year.round.organizationId,
      openChange: null,
      openDisputeBy: null,
      unanswered: 0,
      heldWords: 0,
    },
    ...{ myOpinionId: null, myStars: null, repeat: null },
    ...{ personName: person?.row.name ?? null, responsibleName: responsible.row.name },
  };
}

/** A member's deed is reviewed by his branch; an organisation's, and its secretary's own, by the level above. */
function reviewersOf({ reference: { tree }, holders }: Stage, { organizationId, person }: Drafting) {
  const above = (id: string): string => tree.organization(id)?.parentId ?? id;
  const isAbove = person === null || holders('partySecretary', organizationId).includes(person);
  const reviewOrganizationId = isAbove ? above(organizationId) : organizationId;
  return { reviewOrganizationId, disputeOrganizationId: above(reviewOrganizationId) };
}

function checked(deed: Deed, who: Inhabitant, action: CommitmentAction): Scene {
  const { stage, at } = deed;
  if (at > stage.today) throw new NotYet();
  const caller = stage.caller(who, at);
  const record = { ...deed.record, roundState: deed.year.stateAt(at) };
  const against = whyNot(record, caller, action);
  if (against) throw new Error(`${caller.name} cannot ${action} “${record.title}”: ${against}`);
  return { db: memoryOf(deed), record, caller, actionId: stage.random.id(at) };
}

function whyNot(record: CommitmentRecord, caller: Caller, action: CommitmentAction): string | null {
  if (!maySee(record, caller)) return 'not visible';
  if (!mayAct(action, record, caller)) return 'not allowed';
  if (!canDo(commitmentTable, action, record.state)) return `not from ${record.state}`;
  return commitmentGuards[action]?.(record, caller) ?? null;
}

/** An action on the deed. Returns the id of its row of history. */
export async function tell<Action extends keyof Effects>(
  deed: Deed,
  who: Inhabitant,
  action: Action,
  body: BodyFor<Action>,
): Promise<string> {
  const scene = checked(deed, who, action);
  const effect: (given: Scene, body: never) => Promise<Step> = effects[action];
  const step = await effect(scene, { ...body, actionId: scene.actionId } as never);
  apply(deed, scene, action, step);
  answerOpen(deed, scene, action, step.words ?? null);
  if (leavesRows.has(action)) await step.beside?.(scene.db);
  return scene.actionId;
}

/** 修改: new words of the same version, before anybody has read them. */
export function rewrite(deed: Deed, who: Inhabitant, content: Content): void {
  const scene = checked(deed, who, 'rewrite');
  apply(deed, scene, 'rewrite', { set: content });
  noteVersion(deed, scene.caller, content);
}

/** 关联单子: an order that belongs to the deed; it is closed by now and stands in the figures that are told. */
export function link(deed: Deed, who: Inhabitant, orderId: string): void {
  const scene = checked(deed, who, 'linkOrder');
  apply(deed, scene, 'linkOrder', { facts: { orderId } });
  const row: CommitmentOrder = {
    commitmentId: deed.record.id,
    orderId,
    byId: who.row.id,
    at: deed.at,
    countedAt: deed.at,
  };
  keep(deed, CommitmentOrder, [row]);
}

/** 年终结果, as the room writes it when the town closes the year. */
export function closeWith(deed: Deed, secretary: Inhabitant): void {
  const { stage, record, at } = deed;
  const caller = stage.caller(secretary, at);
  const { state, partly, carriesOver } = record;
  const to = resultAtClosing({ state, partly: partly === 1, carriesOver: carriesOver === 1 });
  if (to === null) throw new Error(`“${record.title}” is ${state} when the year is closed`);
  const scene: Scene = { db: memoryOf(deed), record, caller, actionId: stage.random.id(at) };
  apply(deed, scene, 'close', { to, set: { closedAt: at } });
  Object.assign(deed.history.at(-1) ?? {}, { actorRole: roleFor(caller, 'round.close') });
}

function noteVersion(deed: Deed, { personId, name }: Caller, content: Content): void {
  const { id: commitmentId, contentVersion: number } = deed.record;
  const row: CommitmentVersion = {
    ...{ ...content, commitmentId, number, byId: personId, byName: name, at: deed.at, reason: null },
  };
  keep(deed, CommitmentVersion, [row]);
}
