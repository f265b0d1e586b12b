import type { NoPhotoReason, Outcome } from '@sandan/shared/orders/order.words';
import { photoAsked, type PhotoDuty } from '../photo-duty';

/** 当场办结 as it is filled in. */
export interface Settlement {
  readonly outcome: Outcome | null;
  readonly words: string;
  readonly photoIds: readonly string[];
  readonly noPhotoReason: NoPhotoReason | null;
  /** 已当面或电话联系本人 */
  readonly contacted: boolean;
}

export const emptySettlement: Settlement = {
  outcome: null,
  words: '',
  photoIds: [],
  noPhotoReason: null,
  contacted: false,
};

/** What is still missing, field by field, in words for the person. */
export function missingInSettlement(fields: Settlement, photo: PhotoDuty): Readonly<Record<string, string>> {
  const { outcome, words, photoIds, noPhotoReason, contacted } = fields;
  return {
    ...(outcome === null ? { outcome: '请选一个结果' } : {}),
    ...(words.trim() === '' ? { words: '请写几句怎么办的' } : {}),
    ...(photoAsked(outcome, photo) && photoIds.length === 0 && noPhotoReason === null
      ? { photoIds: '请拍一张，或选一个不拍的原因' }
      : {}),
    ...(contacted ? {} : { contacted: '请先联系本人' }),
  };
}

export function settlementBody({ outcome, words, photoIds, noPhotoReason }: Settlement, photo: PhotoDuty) {
  if (outcome === null) throw new Error('missingInSettlement was not asked');
  const reason = photoAsked(outcome, photo) && photoIds.length === 0 && noPhotoReason !== null;
  return {
    outcome,
    words: words.trim(),
    photoIds: [...photoIds],
    ...(reason ? { noPhotoReason } : {}),
    contacted: true as const,
  };
}
