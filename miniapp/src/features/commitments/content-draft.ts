import type { CommitmentField } from '@sandan/shared/commitments/commitment.words';
import type { SentTo } from '../../lib/endpoints';
import type { ChosenGrid } from '../grids/grid-choice';
import type { Commitment } from './commitment';
import { numberOf } from './number-of';

/** What a promise says, as it is typed. */
export interface ContentDraft {
  readonly title: string;
  readonly words: string;
  readonly quantity: string;
  readonly unit: string;
  readonly grid: ChosenGrid | null;
  /** For whom, in general words: 村里 70 岁以上的独居老人. */
  readonly forWords: string;
  /** 2026-12-31, or '' */
  readonly deadline: string;
  readonly field: CommitmentField | null;
  /** 元 */
  readonly money: string;
  readonly moneySource: string;
}

export const emptyContent: ContentDraft = {
  ...{ title: '', words: '', quantity: '', unit: '', grid: null, forWords: '', deadline: '' },
  ...{ field: null, money: '', moneySource: '' },
};

const fenInYuan = 100;

/** A wording as it stands, to be written anew. */
export const contentOf = (commitment: Commitment): ContentDraft => ({
  ...{ title: commitment.title, words: commitment.words, field: commitment.field, deadline: commitment.deadline },
  quantity: commitment.quantity === null ? '' : String(commitment.quantity),
  unit: commitment.unit ?? '',
  // With words of its own the reply does not say the name of the grid.
  grid: { gridId: commitment.forGridId, words: commitment.forWords ? '还是原来的村组' : commitment.forName },
  forWords: commitment.forWords ?? '',
  money: commitment.money == null ? '' : String(commitment.money / fenInYuan),
  moneySource: commitment.moneySource ?? '',
});

export type ContentErrors = Partial<Record<keyof ContentDraft, string>>;

/** What is still missing, in the order in which it is asked. The server checks all of it again. */
export function missingInContent(fields: ContentDraft): ContentErrors {
  const { title, words, quantity, unit, grid, deadline, field, money } = fields;
  const count = numberOf(quantity);
  const checks: ContentErrors = {
    ...(title.trim() === '' ? { title: '给这件事起个名字' } : {}),
    ...(words.trim() === '' ? { words: '说说具体做什么' } : {}),
    ...(quantity.trim() !== '' && (count === null || count === 0) ? { quantity: '请填大于 0 的数字' } : {}),
    ...(quantity.trim() !== '' && unit.trim() === '' ? { unit: '写上单位：米、盏、次' } : {}),
    ...(quantity.trim() === '' && unit.trim() !== '' ? { quantity: '写上数量' } : {}),
    ...(grid === null ? { grid: '请选给哪个村、哪个组办' } : {}),
    ...(deadline === '' ? { deadline: '请选最晚哪天' } : {}),
    ...(field === null ? { field: '请选属于哪一类' } : {}),
    ...(money.trim() !== '' && numberOf(money) === null ? { money: '请填数字' } : {}),
  };
  return checks;
}

type Body = NonNullable<SentTo<'commitments.rewrite'>['body']>['content'];

/** What is sent, once nothing is missing. */
export function contentBody(fields: ContentDraft): Body {
  const { grid, field } = fields;
  if (grid === null || field === null) throw new Error('missingInContent was not asked');
  const orNull = (words: string): string | null => (words.trim() === '' ? null : words.trim());
  const yuan = numberOf(fields.money);
  return {
    ...{ title: fields.title.trim(), words: fields.words.trim(), field, deadline: fields.deadline },
    ...{ quantity: numberOf(fields.quantity), unit: orNull(fields.unit) },
    ...{ forGridId: grid.gridId, forWords: orNull(fields.forWords) },
    ...{ money: yuan === null ? null : Math.round(yuan * fenInYuan), moneySource: orNull(fields.moneySource) },
  };
}
