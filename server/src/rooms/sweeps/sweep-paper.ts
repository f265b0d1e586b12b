import { chinaDate } from '@sandan/shared/china-time';
import { answerWords } from '@sandan/shared/sweeps/sweep-form';
import { personStandings, sweepKinds, targetStates } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import { exportedBy } from '../../foundation/documents/exported-by';
import { tableOf, type Field, type Paper } from '../../foundation/documents/paper';
import type { Counts } from './counts.queries';
import type { PaperRow } from './paper-rows.queries';
import type { SweepRecord } from './sweeps.queries';

type RowField<Row> = Field<[row: Row, caller: Caller]>;

const nameOf = (id: string | null, { reference }: Caller): string =>
  id === null ? '' : (reference.tree.grid(id)?.name ?? '');

type CountRow = Counts & { id: string | null };
const count = (title: string, name: keyof Counts): RowField<CountRow> => ({
  title,
  width: 5,
  cell: (row) => row[name],
});
const groupFields: readonly RowField<CountRow>[] = [
  { title: '村组', width: 10, cell: ({ id }, caller) => nameOf(id, caller) },
  ...[count('应查户数', 'households'), count('应查人数', 'people'), count('见到', 'met'), count('不在家', 'notHome')],
  ...[
    count('不配合', 'refused'),
    count('查无此户', 'notFound'),
    count('还没去', 'todo'),
    count('见到人数', 'peopleMet'),
  ],
  ...[count('有问题', 'withFindings'), count('转点单', 'orders'), count('过期才报', 'late')],
];

const dayOf = (at: Date | null) => (at === null ? null : { day: chinaDate(at.getTime()) });

const householdFields = ({ questions, kind, places }: SweepRecord, names: boolean): RowField<PaperRow>[] => [
  { title: '村', width: 7, cell: ({ villageId }, caller) => nameOf(villageId, caller) },
  { title: '组', width: 6, cell: ({ groupId }, caller) => nameOf(groupId, caller) },
  { title: '门牌', width: 7, cell: ({ door }) => door },
  ...(names
    ? [{ title: '户主', width: 5, cell: ({ headName }: PaperRow) => (headName === null ? null : maskName(headName)) }]
    : []),
  { title: '在册人数', width: 5, cell: ({ people }) => people },
  { title: '结果', width: 5, cell: ({ state }) => targetStates[state] },
  { title: '跑空次数', width: 5, cell: ({ tries }) => tries },
  { title: '见到人数', width: 5, cell: ({ peopleMet }) => peopleMet },
  ...questions
    .filter((question) => question.kind !== 'photo')
    .map(({ id, ask }) => ({ title: ask, width: 9, cell: ({ said }: PaperRow) => answerWords(said.answers[id]) })),
  ...(kind === 'rollCall'
    ? [
        {
          ...{ title: '转移', width: 12, words: true },
          cell: ({ said }: PaperRow) =>
            said.persons
              .map(({ standing, placeId }) =>
                [personStandings[standing], places.find(({ id }) => id === placeId)?.name].filter(Boolean).join(' '),
              )
              .join('；'),
        },
      ]
    : []),
  { title: '名册外的人', width: 8, words: true, cell: ({ said }) => (names ? said.additions : said.additions && '有') },
  { title: '说明', width: 12, words: true, cell: ({ said }) => said.words },
  { title: '走访人', width: 6, cell: ({ byName }) => byName },
  { title: '日期', width: 7, cell: ({ visitedAt }) => dayOf(visitedAt) },
];

/** As one walks: by the codes of the places, and from door to door. */
const placeOf = (id: string | null, { reference }: Caller): string =>
  id === null ? '' : (reference.tree.grid(id)?.code ?? '');
const inOrder = new Intl.Collator('zh', { numeric: true });
const byDoor =
  (caller: Caller) =>
  (one: PaperRow, other: PaperRow): number =>
    inOrder.compare(placeOf(one.groupId ?? one.villageId, caller), placeOf(other.groupId ?? other.villageId, caller)) ||
    inOrder.compare(one.door ?? '', other.door ?? '');

/** 排查结果: the numbers by group, then household by household (null: not for a list). Names of residents only where they are asked for and allowed. */
export function sweepPaper(
  { sweep, groups, rows }: { sweep: SweepRecord; groups: readonly CountRow[]; rows: readonly PaperRow[] | null },
  names: boolean,
  caller: Caller,
): Paper {
  const sum = (what: 'households' | 'todo'): number => groups.reduce((all, row) => all + row[what], 0);
  return {
    title: sweep.title,
    lines: [
      [nameOf(sweep.gridId, caller), sweepKinds[sweep.kind], `交办：${sweep.orderedBy}`].join('　'),
      `用途：${sweep.purpose}`,
      `应查 ${sum('households')} 户，还没去 ${sum('todo')} 户　截止 ${chinaDate(sweep.deadline.getTime())}`,
    ],
    watermark: exportedBy(caller),
    tables: [
      tableOf(
        '汇总',
        groupFields,
        groups.toSorted((one, other) => inOrder.compare(placeOf(one.id, caller), placeOf(other.id, caller))),
        caller,
      ),
      ...(rows ? [tableOf('明细', householdFields(sweep, names), rows.toSorted(byDoor(caller)), caller)] : []),
    ],
    signature: [],
    foot: rows ? null : '按特殊情况选的户，只导出户数，不导出是哪几户。',
  };
}
