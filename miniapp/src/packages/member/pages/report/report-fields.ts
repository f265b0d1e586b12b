import type { NoPhotoReason, Outcome } from '@sandan/shared/orders/order.words';
import { photoAsked, type PhotoDuty } from '../../../../features/orders/photo-duty';

/** 办完了, as it is filled in. */
export interface ReportFields {
  readonly outcome: Outcome | null;
  readonly words: string;
  readonly photoIds: readonly string[];
  readonly noPhotoReason: NoPhotoReason | null;
  /** Where it leads on: the plan, or the unit and its number. */
  readonly link: string;
  /** 2026-11-23, or '' */
  readonly linkOn: string;
  /** What the outside unit answered. */
  readonly answer: string;
  /** Who of the team came. */
  readonly presence: Readonly<Record<string, 'present' | 'absent'>>;
}

export const emptyReport: ReportFields = {
  outcome: null,
  words: '',
  photoIds: [],
  noPhotoReason: null,
  link: '',
  linkOn: '',
  answer: '',
  presence: {},
};

/** What the task asks of its report. */
export interface ReportDuty {
  readonly photo: PhotoDuty;
  readonly external: boolean;
  readonly team: boolean;
  /** The others who had a seat. */
  readonly companions: readonly { readonly personId: string; readonly name: string }[];
}

/** 已列入计划, 已转报: then it has to be said where it is now. */
export const leadsOn = (outcome: Outcome | null): boolean => outcome === 'planned' || outcome === 'beyondPower';

export type ReportErrors = Partial<Record<keyof ReportFields, string>>;

/** What is still missing, field by field, in words for the person. */
export function missingIn(fields: ReportFields, duty: ReportDuty): ReportErrors {
  const { outcome, words, photoIds, noPhotoReason, link, answer, presence } = fields;
  const unsaid = duty.companions.find(({ personId }) => presence[personId] === undefined);
  return {
    ...(outcome === null ? { outcome: '请选一个结果' } : {}),
    ...(words.trim() === '' ? { words: '请写几句怎么办的' } : {}),
    ...(photoAsked(outcome, duty.photo) && photoIds.length === 0 && noPhotoReason === null
      ? { photoIds: '请拍一张，或选一个不拍的原因' }
      : {}),
    ...(leadsOn(outcome) && link.trim() === '' ? { link: '请写清楚是哪个计划或单位' } : {}),
    ...(duty.external && answer.trim() === '' ? { answer: '请填写外单位的答复' } : {}),
    ...(duty.team && unsaid ? { presence: `${unsaid.name}来了没有？` } : {}),
  };
}

/** What is sent. Only what belongs to the chosen outcome goes along. */
export function reportBody(fields: ReportFields, duty: ReportDuty, actionId: string) {
  const { outcome, words, photoIds, noPhotoReason, link, linkOn, answer, presence } = fields;
  if (outcome === null) throw new Error('missingIn was not asked');
  const withLink = leadsOn(outcome);
  return {
    actionId,
    outcome,
    words: words.trim(),
    photoIds: [...photoIds],
    ...(photoIds.length === 0 && noPhotoReason !== null && photoAsked(outcome, duty.photo) ? { noPhotoReason } : {}),
    ...(withLink ? { link: link.trim() } : {}),
    ...(withLink && linkOn !== '' ? { linkOn } : {}),
    ...(duty.external ? { answer: answer.trim() } : {}),
    ...(duty.team
      ? { absentIds: duty.companions.map(({ personId }) => personId).filter((id) => presence[id] === 'absent') }
      : {}),
  };
}
