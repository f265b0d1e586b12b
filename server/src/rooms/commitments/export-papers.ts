import { chinaDate } from '@sandan/shared/china-time';
import {
  commitmentFields,
  commitmentKinds,
  commitmentLimits,
  exemptionReasons,
} from '@sandan/shared/commitments/commitment.words';
import { keptShare } from '@sandan/shared/commitments/owed';
import type { Caller } from '../../foundation/access/caller';
import { exportedBy } from '../../foundation/documents/exported-by';
import { tableOf, type Cell, type Field, type Paper, type Table } from '../../foundation/documents/paper';
import type { DeedRow, PromiserRow } from './paper-rows.queries';
import { forWhom, standingWords } from './paper-words';

type RowField<Row> = Field<[row: Row, caller: Caller]>;

/** Not for the public: every one says who took it out, and when. */
const exported = (title: string, tables: readonly Table[], caller: Caller): Paper => ({
  ...{ title, tables, lines: [], watermark: exportedBy(caller), signature: [], foot: null },
});

const organizationName = (id: string, { reference }: Caller): string => reference.tree.organization(id)?.name ?? '';
/** Below five raters nobody shall guess who gave it. */
const starsOf = ({ raters, stars }: { raters: number; stars: number }): number | null =>
  raters < commitmentLimits.ratersShown ? null : Math.round((stars / raters) * 10) / 10;

const deedFields: readonly RowField<DeedRow>[] = [
  { title: '党组织', width: 10, cell: ({ organizationId }, caller) => organizationName(organizationId, caller) },
  {
    title: '承诺人',
    width: 7,
    cell: (deed, caller) => deed.personName ?? organizationName(deed.organizationId, caller),
  },
  { title: '种类', width: 11, cell: ({ kind }) => commitmentKinds[kind] },
  { title: '类别', width: 6, cell: ({ field }) => commitmentFields[field] },
  { title: '承诺事项', width: 16, words: true, cell: ({ title }) => title },
  { title: '具体内容', width: 30, words: true, cell: ({ words }) => words },
  { title: '数量', width: 5, cell: ({ quantity }) => quantity },
  { title: '单位', width: 4, cell: ({ unit }) => unit },
  { title: '已完成', width: 5, cell: ({ quantity, quantityDone }) => (quantity === null ? null : quantityDone) },
  { title: '进度', width: 5, percent: true, cell: ({ percent }) => percent / 100 },
  { title: '服务对象', width: 9, cell: forWhom },
  { title: '完成时限', width: 7, cell: ({ deadline }) => ({ day: deadline }) },
  { title: '责任人', width: 6, cell: ({ responsibleName }) => responsibleName },
  { title: '资金（元）', width: 7, cell: ({ money }) => (money === null ? null : money / 100) },
  { title: '资金来源', width: 9, cell: ({ moneySource }) => moneySource },
  { title: '现在的情况', width: 7, cell: standingWords },
  { title: '公示日期', width: 7, cell: ({ publishedAt }) => ({ day: chinaDate(publishedAt.getTime()) }) },
  { title: '评分', width: 5, cell: starsOf },
  { title: '评分人数', width: 5, cell: ({ raters }) => raters },
];

/** 承诺清单: the wall as it is filtered. */
export const boardPaper = (deeds: readonly DeedRow[], caller: Caller): Paper =>
  exported('承诺清单', [tableOf('承诺清单', deedFields, deeds, caller)], caller);

const count = (title: string, cell: (row: PromiserRow) => Cell): RowField<PromiserRow> => ({ title, width: 5, cell });
const figureFields: readonly RowField<PromiserRow>[] = [
  count('应承诺', ({ owed, exempt }) => (exempt === null ? owed : 0)),
  count('没公示的', ({ drafted }) => drafted),
  count('履诺中', ({ published }) => published),
  count('待验收', ({ delivered }) => delivered),
  count('有异议', ({ disputed }) => disputed),
  count('已验收', ({ accepted }) => accepted),
  count('超时', ({ overdue }) => overdue),
  count('兑现', ({ kept }) => kept),
  count('部分兑现', ({ partlyKept }) => partlyKept),
  count('未兑现', ({ notKept }) => notKept),
  count('终止', ({ abandoned }) => abandoned),
  count('结转', ({ carriedOver }) => carriedOver),
  { title: '兑现率', width: 5, percent: true, cell: keptShare },
  count('评分', starsOf),
  count('评分人数', ({ raters }) => raters),
  { title: '免诺', width: 8, cell: ({ exempt }) => (exempt === null ? null : exemptionReasons[exempt]) },
];
const organizationField: RowField<PromiserRow> = {
  ...{ title: '党组织', width: 12 },
  cell: ({ organizationId }, caller) => organizationName(organizationId, caller),
};
const memberField: RowField<PromiserRow> = { title: '党员', width: 7, cell: ({ name }) => name };

/** 承诺数字: a sheet of the organisations, one of the members. */
export function figuresPaper(title: string, promisers: readonly PromiserRow[], caller: Caller): Paper {
  const byOrganization = [...promisers].sort((one, other) =>
    byPinyin(organizationName(one.organizationId, caller), organizationName(other.organizationId, caller)),
  );
  const of = (kind: PromiserRow['kind']) => byOrganization.filter((row) => row.kind === kind);
  return exported(
    title,
    [
      tableOf('党组织', [organizationField, ...figureFields], of('organization'), caller),
      tableOf('党员', [organizationField, memberField, ...figureFields], of('person'), caller),
    ],
    caller,
  );
}

const byPinyin = new Intl.Collator('zh-CN').compare;

/** A line of 谁还没承诺, as `rounds.debtors` tells it. */
export interface DebtorLine {
  kind: 'organization' | 'person';
  name: string;
  organization: { name: string };
  owed: number;
  counted: number;
  drafted: number;
  exempt: keyof typeof exemptionReasons | null;
  exemptWords: string | null;
}

function debtorStanding({ exempt, exemptWords, owed, counted, drafted }: DebtorLine): string {
  if (exempt !== null) return `免诺：${exemptWords ?? exemptionReasons[exempt]}`;
  if (counted >= owed) return '够数了';
  return drafted === 0 ? '还没写' : '还不够';
}

const debtorFields: readonly RowField<DebtorLine>[] = [
  { title: '党组织', width: 12, cell: ({ organization }) => organization.name },
  { title: '谁', width: 12, cell: ({ name }) => name },
  { title: '身份', width: 5, cell: ({ kind }) => (kind === 'person' ? '党员' : '党组织') },
  { title: '应承诺', width: 5, cell: ({ owed, exempt }) => (exempt === null ? owed : 0) },
  { title: '写了', width: 5, cell: ({ drafted }) => drafted },
  { title: '公示了', width: 5, cell: ({ counted }) => counted },
  { title: '还差', width: 5, cell: ({ owed, counted, exempt }) => (exempt === null ? Math.max(0, owed - counted) : 0) },
  { title: '情况', width: 12, cell: debtorStanding },
];

/** 谁还没承诺. */
export const debtorsPaper = (title: string, debtors: readonly DebtorLine[], caller: Caller): Paper =>
  exported(title, [tableOf('谁还没承诺', debtorFields, debtors, caller)], caller);
