import { isPersonal, type CommitmentKind } from '@sandan/shared/commitments/commitment.words';
import { chinaDate, chinaDay, chinaMinuteOfDay, clockTime, minuteMs, startOfChinaDay } from '@sandan/shared/china-time';
import { CommitmentOpinion, type Content } from '../rooms/commitments/commitment.entity';
import { contentOf } from '../rooms/commitments/commitment-rows';
import { authorOf, keeperOf, promisedPeople, publisherOf, reviewerOf, servedBy, type Branch } from './commitment-cast';
import type { Year } from './commitment-year';
import { rowsOf, type Deed } from './deed';
import { draft, rewrite, tell } from './deed-acts';
import type { Inhabitant } from './homes';
import type { Stage } from './stage';
import * as sayings from './words/commitment-sayings';
import { groupSpots, tellOf, villageSpots, type DeedTexts, type DeedWords } from './words/deed-words';

export const dayMs = 24 * 60 * minuteMs;

/** What is to be promised, by whom. */
export interface Wish {
  year: Year;
  branch: Branch;
  kind: CommitmentKind;
  /** Null: the organisation's own. */
  person: Inhabitant | null;
  wording: DeedWords;
  deadline: string;
  lateReason?: string;
  /** Promised vaguely at first: it comes back from the reviewer. */
  vague?: boolean;
}

const [morning, evening] = [clockTime(8), clockTime(21)];

/** Time passes until that instant, but at least some minutes; nobody writes at night. */
export function goTo(deed: Deed, instant: number): void {
  const { random } = deed.stage;
  const at = Math.max(instant, deed.at.getTime() + random.between(2, 45) * minuteMs);
  const minute = chinaMinuteOfDay(at);
  const day = chinaDay(at) + (minute >= evening ? 1 : 0);
  const isNight = minute >= evening || minute < morning;
  deed.at = new Date(isNight ? startOfChinaDay(day) + (morning + random.between(0, 120)) * minuteMs : at);
}

/** So many days before that instant, or the evening before when that was at night. */
export function daysBefore(instant: number, days: number): number {
  const at = instant - days * dayMs;
  const minute = chinaMinuteOfDay(at);
  if (minute >= morning && minute < clockTime(20)) return at;
  return startOfChinaDay(chinaDay(at) - (minute < morning ? 1 : 0)) + clockTime(20) * minuteMs;
}

export const goOn = (deed: Deed, fromDays: number, toDays: number): void =>
  goTo(deed, deed.at.getTime() + deed.stage.random.between(fromDays, toDays) * dayMs);

/** 拟诺 */
export function begin(stage: Stage, wish: Wish, at: number): Deed {
  const { random } = stage;
  const { year, branch, kind, person, wording, lateReason = null } = wish;
  const texts = textsOf(stage, wish);
  const full = contentFor(stage, wish, texts);
  const responsible = person ?? random.pick([branch.secretary, branch.deputy]);
  const deed = draft(stage, {
    ...{ year, kind, person, wording, texts, lateReason, at: new Date(at), organizationId: branch.id },
    ...{ by: person ?? branch.secretary, responsible, helpers: helpersOf(stage, wish, responsible) },
    content: wish.vague ? { ...full, words: random.pick(sayings.firstWordings), quantity: null, unit: null } : full,
  });
  if (wording.pictures && random.chance(isPersonal(kind) ? 0.22 : 0.7))
    picture(deed, authorOf(deed), deed.history[0]?.id);
  return deed;
}

function textsOf({ random }: Stage, { kind, wording, deadline, year }: Wish): DeedTexts {
  const [from, to, step] = wording.count;
  const spot = random.pick(isPersonal(kind) ? groupSpots : villageSpots);
  const n = from + step * random.int(0, Math.floor((to - from) / step));
  return { n: String(n), spot, by: byOf(deadline), year: String(year.number) };
}

/** 2026-06-30 → 6月底前 */
const byOf = (deadline: string): string => `${Number(deadline.slice(5, 7))}月底前`;

const sources = ['镇级配套资金', '驻镇帮镇扶村资金', '村集体收入', '乡贤捐助，账目公开'];

function contentFor({ random }: Stage, { branch, kind, person, wording, deadline }: Wish, texts: DeedTexts): Content {
  const [from, to] = wording.money ?? [0, 0];
  const money = isPersonal(kind) || to === 0 ? null : random.int(from / 1000, to / 1000) * 100_000;
  return {
    ...{ title: tellOf(wording.title, texts), words: tellOf(wording.words, texts), field: wording.field },
    ...{ quantity: Number(texts.n), unit: wording.count[3], deadline, forWords: wording.forWords },
    forGridId: person ? servedBy(person, branch) : branch.village.grid.id,
    ...{ money, moneySource: money === null ? null : random.pick(sources) },
  };
}

function helpersOf({ random }: Stage, { kind, branch }: Wish, responsible: Inhabitant): Inhabitant[] {
  if (isPersonal(kind)) {
    const others = branch.members.filter((member) => member !== responsible && member !== branch.secretary);
    return random.chance(0.07) ? [random.pick(others)] : [];
  }
  return [branch.secretary, branch.deputy].filter((each) => each !== responsible);
}

/** The same promise with another number or another day: what a change asks for. */
export const textsWith = ({ texts }: Deed, { n, deadline }: { n?: number; deadline?: string }): DeedTexts => ({
  ...texts,
  ...(n === undefined ? {} : { n: String(n) }),
  ...(deadline === undefined ? {} : { by: byOf(deadline) }),
});

export const contentWith = ({ record, wording }: Deed, texts: DeedTexts, deadline = record.deadline): Content => ({
  ...{ ...contentOf(record), title: tellOf(wording.title, texts), words: tellOf(wording.words, texts), deadline },
  ...{ quantity: Number(texts.n), unit: wording.count[3] },
});

export const submitIt = (deed: Deed) => tell(deed, authorOf(deed), 'submit', {});

/** 退回: what cannot be checked comes back and is written anew. */
export async function comeBack(deed: Deed): Promise<void> {
  const { random } = deed.stage;
  goOn(deed, 0.3, 2);
  await tell(deed, reviewerOf(deed), 'return', { words: random.pick(sayings.returnWords) });
  goOn(deed, 0.3, 1.5);
  rewrite(deed, authorOf(deed), contentWith(deed, deed.texts));
  goOn(deed, 0.01, 0.3);
  await submitIt(deed);
}

/** 审诺: a branch decides in its members' meeting. */
export async function approveIt(deed: Deed, meeting?: { on: number; of: number }): Promise<void> {
  const { record } = deed;
  const held = meeting && {
    ...{ meetingOn: chinaDate(meeting.on), vote: `到会 ${meeting.of} 人，同意 ${meeting.of} 人` },
  };
  await tell(deed, reviewerOf(deed), 'approve', { version: record.contentVersion, ...held });
}

export const publishIt = (deed: Deed) =>
  tell(deed, publisherOf(deed), 'publish', { judged: null, checked: deed.record.contentVersion });

/** 公示期意见 of somebody it is promised to. */
export async function opineOn(deed: Deed): Promise<void> {
  const [somebody] = promisedPeople(deed);
  if (!somebody) return;
  const [words] = deed.stage.random.pick(sayings.opinions);
  await tell(deed, somebody, 'opine', { words: tellOf(words, deed.texts), judged: null });
}

export async function answerIt(deed: Deed): Promise<void> {
  const opinion = rowsOf<CommitmentOpinion>(deed, CommitmentOpinion).find(({ answeredAt }) => !answeredAt);
  const found = sayings.opinions.find(([words]) => tellOf(words, deed.texts) === opinion?.words);
  if (!opinion || !found) return;
  const words = tellOf(found[1], deed.texts);
  await tell(deed, publisherOf(deed), 'answerOpinion', { opinionId: opinion.id, words });
}

/** 践诺, when so much of it is done; nothing is said while nothing can be counted. */
export async function report(deed: Deed, share: number): Promise<void> {
  const { record, stage, wording, texts } = deed;
  const done = Math.floor(Number(texts.n) * share);
  if (done < 1 || done <= record.quantityDone || done >= Number(texts.n)) return;
  const words = tellOf(stage.random.pick(wording.doing), { ...texts, d: String(done) });
  const id = await tell(deed, keeperOf(deed), 'progress', { words, quantityDone: done, photoIds: [], judged: null });
  if (stage.random.chance(0.06)) picture(deed, keeperOf(deed), id);
}

/** 兑现, in words, with a picture or the reason for none. */
export async function deliverIt(deed: Deed, { words, done }: { words?: string; done?: number } = {}): Promise<void> {
  const { wording, texts } = deed;
  const after = wording.pictures?.[1];
  const evidence = after === undefined || after === 'visit' ? unseen(deed) : { photoIds: ['drawn'] };
  const quantityDone = done ?? Number(texts.n);
  const told = words ?? tellOf(wording.done, { ...texts, n: String(quantityDone) });
  const id = await tell(deed, keeperOf(deed), 'deliver', { words: told, quantityDone, judged: null, ...evidence });
  if (evidence.photoIds.length > 0) picture(deed, keeperOf(deed), id);
}

/** Done inside somebody's home, or nothing that a picture could show (无必要不拍照); now and then there is one anyway. */
function unseen({ stage, wording }: Deed): Pick<Parameters<typeof tell<'deliver'>>[3], 'photoIds' | 'noPhotoReason'> {
  if (wording.pictures === undefined) return { photoIds: [], noPhotoReason: 'nothingVisible' };
  return stage.random.chance(0.3) ? { photoIds: ['drawn'] } : { photoIds: [], noPhotoReason: 'insideHome' };
}

/** 验收: an organisation's on the spot, a member's on the evidence and one in four on the spot. */
export async function acceptIt(deed: Deed): Promise<void> {
  const { stage, record } = deed;
  const onSite = !isPersonal(record.kind) || stage.random.chance(0.25);
  const said = stage.random.chance(0.3) ? { words: stage.random.pick(sayings.acceptWords) } : {};
  await tell(deed, reviewerOf(deed), 'accept', { onSite, photoIds: [], ...said });
}

/** Before anything was done, the scene as it was; from then on as it has become. */
function picture(deed: Deed, by: Inhabitant, historyId: string | undefined): void {
  const scene = deed.wording.pictures?.[deed.record.state === 'draft' ? 0 : 1];
  if (!scene || !historyId) return;
  const ownerId = by.row.id;
  deed.pictures.push({ thingKind: 'history', thingId: historyId, ownerId, scene, at: deed.at });
}
