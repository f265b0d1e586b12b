import type { ReplyFrom } from '../../../../lib/endpoints';
import { starsTold } from '../../../../features/commitments/figure-words';

export type FigureRow = ReplyFrom<'rounds.figures'>['rows'][number];

/** What is not as it should be, and what people think of it, where there is something: 超时 3 · 2 个不够数 · 4.7 分. */
export function besideWords(row: FigureRow): string {
  const { overdue, disputed, underMinimum, delivered } = row;
  const parts = [
    delivered > 0 ? `等验收 ${delivered}` : null,
    overdue > 0 ? `超时 ${overdue}` : null,
    disputed > 0 ? `有异议 ${disputed}` : null,
    shortWords(row, underMinimum),
    starsTold(row),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function shortWords({ kind }: FigureRow, underMinimum: number | null): string | null {
  if (underMinimum === null || underMinimum === 0) return null;
  return kind === 'person' ? '还不够数' : `${underMinimum} 个不够数`;
}

/** 16 个党组织、553 名党员，应承诺 2276 件; a member: 应承诺 4 件. */
export function owedWords({ kind, organizations, members, owed }: FigureRow): string {
  if (kind === 'person') return owed === 0 ? '今年不用承诺' : `应承诺 ${owed} 件`;
  const who = [
    organizations > 1 || (organizations === 1 && members === 0) ? `${organizations} 个党组织` : null,
    members > 0 ? `${members} 名党员` : null,
  ].filter((part) => part !== null);
  return who.length === 0 ? '没有要承诺的' : `${who.join('、')}，应承诺 ${owed} 件`;
}

/** 12 / 45 件: how many of those made public are done. */
export const doneWords = ({ done, promised }: FigureRow): string => `${done} / ${promised} 件`;

/** 公示 45 件，验收 12 件 */
export const publicWords = ({ done, promised }: FigureRow, isOver: boolean): string =>
  promised === 0 ? '还没有公示' : `公示 ${promised} 件，${doneName(isOver)} ${done} 件`;

/** What `done` counts, by whether the year is over. */
export const doneName = (isOver: boolean): string => (isOver ? '兑现' : '验收');
