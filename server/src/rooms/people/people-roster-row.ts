import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import { skills, type Skill } from '@sandan/shared/orders/order.words';
import type { RosterColumn } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';

/** Posts that a file may give: whoever receives, decides or signs is appointed by name, on the screen for posts. */
export const rosterPosts = {
  partyMember: '党员',
  applicant: '入党积极分子',
  cadre: '村干部',
  socialWorker: '社工',
  volunteer: '志愿者',
  auxiliaryPolice: '辅警',
  legalAdviser: '法律顾问',
  gridWorker: '网格员',
  smallGridLead: '小网格长',
  hubKeeper: '党员中心户',
} as const;
export type RosterPost = keyof typeof rosterPosts;
const states = { present: '正常', left: '离任' } as const;

/** `网格员` is the post of that name and not a kind of helper: it sees the orders of its grid. */
export const grantOf = (post: RosterPost): { role: GrantedRole; kind: HelperKind | null } =>
  post === 'gridWorker' || post === 'smallGridLead' || post === 'hubKeeper'
    ? { role: post, kind: null }
    : { role: 'helper', kind: post };

export interface PeopleRow {
  readonly name: string | null;
  readonly phone: string | null;
  readonly idNumber: string | null;
  readonly organization: string | null;
  readonly post: RosterPost | null;
  readonly gridCode: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly skills: readonly Skill[];
  readonly leaves: boolean;
}

export const peopleColumns: readonly RosterColumn[] = [
  { key: 'name', head: '姓名', needed: true, note: '几个岗位就写几行', samples: ['示例丙', '示例丁'], width: 12 },
  {
    ...{ key: 'phone', head: '手机号', also: ['电话', '手机', '联系电话'], needed: true, width: 16 },
    ...{ note: '11 位', samples: ['15400000002', '15400000003'] },
  },
  { key: 'idNumber', head: '身份证号', also: ['身份证号码'], note: '可以不填', samples: ['', ''], width: 24 },
  { key: 'organization', head: '党组织', note: '党组织关系所在，写全名', samples: ['示例村党支部', ''], width: 22 },
  {
    ...{ key: 'post', head: '岗位', note: '从下拉里选；书记、网格长等请在岗位页面任命', width: 16 },
    ...{ samples: ['党员', '网格员'], choices: Object.values(rosterPosts) },
  },
  {
    ...{ key: 'gridCode', head: '服务网格编码', also: ['网格编码'], note: '岗位在哪个网格', width: 20 },
    samples: ['441224105201', '441224105201001'],
  },
  { key: 'from', head: '任职开始', note: '不写就是今天', samples: ['', '2026-01-01'], width: 14 },
  { key: 'to', head: '任职到', note: '不写就是一直', samples: ['', '2028-12-31'], width: 14 },
  {
    key: 'skills',
    head: '技能',
    note: `几项用、隔开：${Object.values(skills).join('、')}`,
    samples: ['电工、水暖', ''],
    width: 20,
  },
  { key: 'state', head: '状态', note: '离任的岗位要写明', samples: ['正常', '正常'], choices: Object.values(states) },
];

export function readPeopleRow(row: RowReader): PeopleRow {
  const value: PeopleRow = {
    ...{ name: row.text('name', 40), phone: row.phone('phone'), idNumber: row.idNumber('idNumber') },
    ...{ organization: row.text('organization', 60), post: row.oneOf('post', rosterPosts) },
    gridCode: row.code('gridCode', /^\d{12}(?:\d{3})?$/, '网格编码要是 12 位或 15 位数字'),
    ...{ from: row.day('from'), to: row.day('to'), skills: row.several('skills', skills) },
    leaves: row.oneOf('state', states) === 'left',
  };
  row.needed('name', 'phone');
  if (value.post !== null) row.needed('gridCode');
  if (value.from !== null && value.to !== null && value.to < value.from) row.fault('to', '任职到要在开始以后');
  return value;
}
