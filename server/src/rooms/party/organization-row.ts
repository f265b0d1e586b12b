import type { RosterColumn } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';
import type { PartyOrganization } from './party-organization.entity';

export type Rank = PartyOrganization['rank'];
export const ranks: Readonly<Record<Rank, string>> = {
  committee: '党委',
  generalBranch: '党总支',
  branch: '党支部',
  cell: '党小组',
};
const states = { present: '正常', closed: '撤销' } as const;

export interface OrganizationRow {
  readonly name: string | null;
  readonly rank: Rank | null;
  readonly parent: string | null;
  readonly gridCodes: readonly string[];
  readonly closes: boolean;
}

export const organizationColumns: readonly RosterColumn[] = [
  {
    ...{ key: 'name', head: '党组织名称', also: ['名称', '党组织'], needed: true, width: 28 },
    ...{ note: '写全名，不能重名', samples: ['示例镇党委', '示例村党支部'] },
  },
  {
    key: 'rank',
    head: '级别',
    needed: true,
    note: '从下拉里选',
    samples: ['党委', '党支部'],
    choices: Object.values(ranks),
  },
  {
    key: 'parent',
    head: '上级党组织',
    needed: true,
    note: '写全名；最上一级不填',
    samples: ['', '示例镇党委'],
    width: 28,
  },
  {
    ...{ key: 'gridCodes', head: '对应网格编码', note: '几个用、隔开', width: 30 },
    samples: ['441224105000', '441224105201'],
  },
  { key: 'state', head: '状态', note: '撤销要写明', samples: ['正常', '正常'], choices: Object.values(states) },
];

export function readOrganizationRow(row: RowReader): OrganizationRow {
  row.needed('name', 'rank');
  const codes =
    row
      .text('gridCodes', 200)
      ?.normalize('NFKC')
      .split(/[、,;\s]+/)
      .filter(Boolean) ?? [];
  if (codes.some((code) => !/^\d{12}(?:\d{3})?$/.test(code)))
    row.fault('gridCodes', '编码要是 12 位或 15 位数字，几个用、隔开');
  return {
    ...{ name: row.text('name', 60), rank: row.oneOf('rank', ranks), parent: row.text('parent', 60) },
    ...{ gridCodes: [...new Set(codes)], closes: row.oneOf('state', states) === 'closed' },
  };
}
