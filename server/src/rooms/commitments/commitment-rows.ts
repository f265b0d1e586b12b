import type { Content } from './commitment.entity';

/** The part of a row that says what is promised. */
export const contentOf = ({
  title,
  words,
  field,
  quantity,
  unit,
  forGridId,
  forWords,
  deadline,
  money,
  moneySource,
}: Content): Content => ({
  ...{ title, words, field, quantity, unit, forGridId, forWords, deadline },
  ...{ money, moneySource },
});

/** 100 % of the promised quantity, or what the person says where nothing is counted. */
export function percentOf(quantity: number | null, done: number, said: number): number {
  if (quantity === null || quantity <= 0) return said;
  return Math.min(100, Math.floor((done / quantity) * 100));
}
