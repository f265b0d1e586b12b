import { isPersonal } from '@sandan/shared/commitments/commitment.words';
import type { commitmentsApi } from '@sandan/shared/commitments/commitments.contract';
import type { BodyOf } from '@sandan/shared/endpoint';
import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import type { Judged } from '../../foundation/checks/verdict';
import type { Effect, Scene } from './act';
import { percentOf } from './commitment-rows';
import { deedPhotos, keepVerdict, type Heard } from './word-checks';

type Api = typeof commitmentsApi;

/** What the content check said, and of which version. */
export interface Passed {
  judged: Judged | null;
  checked: number;
}

/** 审诺: the very words that were read. */
export const approve: Effect<BodyOf<Api['approve']>> = async ({ record }, { version, meetingOn, vote }) => {
  if (version !== record.contentVersion) throw new Problem('commitment.rewritten');
  return { facts: { version, meetingOn: meetingOn ?? null, vote: vote ?? null } };
};

/** 亮诺: from now on everybody in the town reads it, and for seven days may say something (公示期). */
export const publish: Effect<BodyOf<Api['publish']> & Passed> = async ({ caller, record }, { judged, checked }) => {
  // What was checked is what is published: rewritten meanwhile, it is read and checked anew.
  if (checked !== record.contentVersion) throw new Problem('commitment.rewritten');
  const read = { field: 'commitment.deed' as const, thingId: record.id, authorId: record.authorId };
  return {
    set: { publishedAt: caller.now },
    facts: { version: record.contentVersion, contentCheck: judged?.verdict ?? null },
    beside: (db) => keepVerdict(db, record, caller, { ...read, judged, passedById: caller.personId }),
  };
};

/** 践诺: how far it is; what can be counted is counted. */
export const progress: Effect<BodyOf<Api['progress']> & Heard> = async (
  { record, caller, actionId },
  { words, percent, quantityDone = record.quantityDone, photoIds, judged },
) => {
  const now = percentOf(record.quantity, quantityDone, percent ?? record.percent);
  return {
    words,
    set: { quantityDone, percent: now },
    facts: { percent: now, quantityDone },
    beside: deedPhotos(record, caller, photoIds, actionId),
    afterwards: (db) => keepVerdict(db, record, caller, { field: 'commitment.step', thingId: actionId, judged }),
  };
};

/** 兑现: in words, with photos or a reason for none (无必要不拍照); less than promised is said so. */
export const deliver: Effect<BodyOf<Api['deliver']> & Heard> = async (
  { record, caller, actionId },
  { words, quantityDone, photoIds, noPhotoReason, judged },
) => {
  if (photoIds.length === 0 && !noPhotoReason) throw new Problem('commitment.photos-needed');
  const done = quantityDone ?? record.quantity ?? record.quantityDone;
  const partly = record.quantity !== null && done < record.quantity;
  const percent = percentOf(record.quantity, done, 100);
  return {
    words,
    set: { quantityDone: done, percent, partly: partly ? 1 : 0, deliveredAt: caller.now, mendBy: null },
    facts: { percent, quantityDone: done, noPhotoReason: noPhotoReason ?? null },
    beside: deedPhotos(record, caller, photoIds, actionId),
    afterwards: (db) => keepVerdict(db, record, caller, { field: 'commitment.step', thingId: actionId, judged }),
  };
};

export const takeBack: Effect<BodyOf<Api['takeBack']>> = async () => ({ set: { deliveredAt: null } });

/** 验收: an organisation's deed on the spot; a member's on the evidence. */
export const accept: Effect<BodyOf<Api['accept']>> = async (
  { record, caller, actionId },
  { onSite, words, photoIds },
) => {
  if (!isPersonal(record.kind) && !onSite)
    throw new Problem('commitment.on-site', { fields: { onSite: '请到现场看过再验收' } });
  return {
    words: words ?? null,
    set: { acceptedAt: caller.now, acceptedById: caller.personId, onSite: onSite ? 1 : 0 },
    facts: { onSite },
    beside: deedPhotos(record, caller, photoIds, actionId),
  };
};

export const reject: Effect<BodyOf<Api['reject']>> = async (scene, { words, mendBy }) => ({
  words,
  set: { deliveredAt: null, mendBy: mendingDay(scene, mendBy) },
  facts: { mendBy },
});

/** A day to come, within the year. */
export function mendingDay({ record, caller }: Pick<Scene, 'record' | 'caller'>, mendBy: string): string {
  if (mendBy > chinaDate(caller.now.getTime()) && mendBy <= record.roundEndsOn) return mendBy;
  throw new Problem('commitment.mend-by-past', { fields: { mendBy: '要在今天以后、年度以内' } });
}
