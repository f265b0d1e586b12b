import { orderLifecycle, type OrderState } from '@sandan/shared/orders/order.lifecycle';
import { callReasons } from '@sandan/shared/calls/call.words';
import type { Caller } from '../../foundation/access/caller';
import { maskName, maskPhone } from '../../foundation/access/masking';
import { dayWords, exportedBy } from '../../foundation/documents/exported-by';
import { columnsOf, type Field, type Paper, type Table } from '../../foundation/documents/paper';
import type { Vault } from '../../foundation/personal-data/vault';
import type { GridNode } from '../../foundation/reference/tree';
import type { CallRow } from './calls.queries';
import { dayAndTime } from './history-words';
import { todaySections, type TodayRow, type TodaySection } from './today.queries';

export interface Today {
  readonly sections: Readonly<Record<TodaySection, readonly TodayRow[]>>;
  readonly calls: readonly CallRow[];
  /** Of a town: its villages with calls to be made. */
  readonly villages: readonly { readonly gridId: string; readonly calls: number }[];
  readonly visits: readonly { readonly gridId: string; readonly overdue: number }[];
}

const captions: Readonly<Record<TodaySection, string>> = {
  toStudy: '待研判',
  toDispatch: '待派单',
  toVerify: '待核实',
  dueToday: '在办的今天到期',
  overdue: '超时了',
};

type Given<Row> = readonly [row: Row, at: Place];
interface Place {
  readonly vault: Vault;
  readonly caller: Caller;
  /** From 1. */
  readonly number: number;
}

const dueWords = (at: Date | null): string => (at === null ? '' : dayAndTime(at));

const groupName = (gridId: string | null, { caller }: Place): string =>
  gridId === null ? '' : (caller.reference.tree.grid(gridId)?.name ?? '');
/** 保密: a paper that lies about names nobody and no place. */
const isSecret = ({ visibility }: Pick<TodayRow, 'visibility'>): boolean => visibility === 'confidential';
const whoWords = (row: Pick<TodayRow, 'contactName' | 'visibility'>): string =>
  row.contactName === null || isSecret(row) ? '' : maskName(row.contactName);
const titleOf = (row: Pick<TodayRow, 'visibility' | 'title'>): string =>
  isSecret(row) ? '保密的一件事（请在手机上看）' : row.title;

/** Room for a tick and for the hand: a village that works on paper writes here and enters it in the evening. */
const byHand = <Row>(): Field<Given<Row>>[] => [
  { title: '办了', width: 3, cell: () => '□' },
  { title: '记一笔', width: 12, words: true, cell: () => '' },
];
const numbered = <Row>(): Field<Given<Row>> => ({ title: '序', width: 2, cell: (_, { number }) => number });

const orderFields: readonly Field<Given<TodayRow>>[] = [
  numbered(),
  { title: '什么事', width: 12, words: true, cell: titleOf },
  { title: '在哪里', width: 5, cell: (row, place) => (isSecret(row) ? '' : groupName(row.groupId, place)) },
  { title: '谁点的', width: 4, cell: whoWords },
  { title: '谁在办', width: 4, cell: ({ holder }) => holder ?? '' },
  { title: '办到哪', width: 4, cell: ({ state }) => orderLifecycle.states[state as OrderState].name },
  { title: '最晚', width: 6, cell: ({ dueAt }) => dueWords(dueAt) },
  ...byHand<TodayRow>(),
];

function triedWords({ tries, state }: CallRow): string {
  if (state === 'visit') return '上门去';
  return tries > 0 ? `${tries} 次` : '';
}

const callFields: readonly Field<Given<CallRow>>[] = [
  numbered(),
  { title: '打给谁', width: 4, cell: whoWords },
  {
    ...{ title: '电话', width: 7 },
    cell: (row, { vault }) =>
      isSecret(row) ? '' : (maskPhone(vault.open('order.contactPhone', row.contactPhone)) ?? ''),
  },
  { title: '什么事', width: 9, words: true, cell: titleOf },
  { title: '说什么', width: 7, words: true, cell: ({ reason }) => callReasons[reason] },
  {
    ...{ title: '打过', width: 4 },
    cell: triedWords,
  },
  ...byHand<CallRow>(),
];

const villageFields: readonly Field<Given<Today['villages'][number]>>[] = [
  numbered(),
  { title: '哪个村', width: 10, words: true, cell: ({ gridId }, place) => groupName(gridId, place) },
  { title: '要打的电话', width: 6, cell: ({ calls }) => calls },
  ...byHand<Today['villages'][number]>(),
];

const visitFields: readonly Field<Given<Today['visits'][number]>>[] = [
  numbered(),
  { title: '哪个组', width: 10, words: true, cell: ({ gridId }, place) => groupName(gridId, place) },
  { title: '该走访的户数', width: 6, cell: ({ overdue }) => overdue },
  ...byHand<Today['visits'][number]>(),
];

interface Section<Row> {
  readonly name: string;
  readonly fields: readonly Field<Given<Row>>[];
  readonly rows: readonly Row[];
  /** 4 件; of rows that stand for several: 14 户. */
  readonly count?: string;
}

function tableOf<Row>({ name, fields, rows, count }: Section<Row>, at: Omit<Place, 'number'>): Table[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row, index) => fields.map(({ cell }) => cell(row, { ...at, number: index + 1 })));
  return [
    {
      ...{ name, caption: `${name}（${count ?? `${rows.length} 件`}）` },
      columns: columnsOf(fields),
      groups: [{ title: null, rows: cells }],
    },
  ];
}

const callsIn = (villages: Today['villages']): number => villages.reduce((sum, { calls }) => sum + calls, 0);
const householdsIn = (visits: Today['visits']): number => visits.reduce((sum, { overdue }) => sum + overdue, 0);

/** 今日待办: what the desk does today, on paper; names and numbers stay masked, the number itself is looked up and written down. */
export function todayPaper(
  vault: Vault,
  caller: Caller,
  grid: GridNode,
  { sections, calls, villages, visits }: Today,
): Paper {
  const at = { vault, caller };
  const town = caller.reference.town(grid.town);
  const counts = todaySections.map((section) => `${captions[section]} ${sections[section].length}`).join('　');
  const tables = [
    ...tableOf({ name: '要打的电话', fields: callFields, rows: calls, count: `${calls.length} 个` }, at),
    ...tableOf({ name: '各村要打的电话', fields: villageFields, rows: villages, count: `${callsIn(villages)} 个` }, at),
    ...['overdue' as const, ...todaySections.slice(0, -1)].flatMap((section) =>
      tableOf({ name: captions[section], fields: orderFields, rows: sections[section] }, at),
    ),
    ...tableOf({ name: '该走访的户', fields: visitFields, rows: visits, count: `${householdsIn(visits)} 户` }, at),
  ];
  return {
    title: `${grid.name}今日待办`,
    lines: [
      `${dayWords(caller.now)}　值班电话：${grid.dutyPhone ?? town.dutyPhone ?? '＿＿＿＿＿＿'}　值班的人：＿＿＿＿＿＿`,
      `${counts}　要打的电话 ${calls.length}`,
      ...(tables.length === 0 ? ['今天没有等着办的事。'] : []),
    ],
    watermark: exportedBy(caller),
    tables,
    signature: ['办完的打勾，晚上记到手机里。'],
    foot: '名字和号码遮了一部分；要看全号码，请在“电话通知”里点“看电话”，会留下记录。',
    size: 'A4',
  };
}
