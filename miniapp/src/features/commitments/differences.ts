import { commitmentFields } from '@sandan/shared/commitments/commitment.words';
import { dateWords } from '../../lib/time-words';
import type { Content } from './commitment';
import { amountWords, moneyWords } from './commitment-words';

export interface Difference {
  readonly name: string;
  readonly was: string;
  readonly is: string;
}

const readable = (content: Content, now: number): readonly (readonly [name: string, words: string])[] => [
  ['叫什么', content.title],
  ['做什么', content.words],
  ['数量', amountWords(content) ?? ''],
  ['给谁办', content.forWords ?? ''],
  ['最晚', dateWords(content.deadline, now)],
  ['哪一类', commitmentFields[content.field]],
  ['花钱', [content.money == null ? '' : moneyWords(content.money), content.moneySource].filter(Boolean).join('，')],
];

/** What one wording says otherwise than the one before it; nothing for the first. */
export function differencesOf(before: Content | null, after: Content, now: number): Difference[] {
  if (before === null) return [];
  const old = new Map(readable(before, now));
  const changed = readable(after, now)
    .map(([name, is]) => ({ name, was: old.get(name) ?? '', is }))
    .filter(({ was, is }) => was !== is);
  if (before.forGridId === after.forGridId || changed.some(({ name }) => name === '给谁办')) return changed;
  return [...changed, { name: '给谁办', was: '原来的村组', is: '换了村组' }];
}
