import type { FaultKind } from '@sandan/shared/orders/order.words';

export type Result = 'pass' | 'fault' | 'redo';

/** 督查 as it is filled in. */
export interface InspectFields {
  readonly result: Result | null;
  readonly fault: FaultKind | null;
  readonly words: string;
  readonly photoIds: readonly string[];
  readonly calledBack: boolean;
}

export const emptyInspect: InspectFields = { result: null, fault: null, words: '', photoIds: [], calledBack: false };

/** 退回重办 is for what was not solved, or only said to be. */
export const redoFaults: readonly FaultKind[] = ['notSolved', 'falseReport'];

export type Missing = Readonly<Record<string, string>>;

export function missingInInspect({ result, fault, words }: InspectFields): Missing {
  const wrongFault = result === 'redo' && fault !== null && !redoFaults.includes(fault);
  return {
    ...(result === null ? { result: '请选一个结果' } : {}),
    ...(result !== null && result !== 'pass' && (fault === null || wrongFault) ? { fault: '请选是什么问题' } : {}),
    ...(words.trim() === '' ? { words: '请写查了什么' } : {}),
  };
}

export function inspectBody({ result, fault, words, photoIds, calledBack }: InspectFields, actionId: string) {
  if (result === null) throw new Error('missingInInspect was not asked');
  return {
    actionId,
    result,
    words: words.trim(),
    photoIds: [...photoIds],
    calledBack,
    ...(result !== 'pass' && fault !== null ? { fault } : {}),
  };
}
