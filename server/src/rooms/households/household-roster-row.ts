import {
  flagGrounds,
  householdFlags,
  relations,
  residences,
  type FlagGround,
  type HouseholdFlagName,
  type Relation,
  type Residence,
} from '@sandan/shared/households/household.words';
import { bornOnOf } from '../../foundation/rosters/cell-rules';
import type { RosterColumn } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';

/** 状态: only what stands here ends anything. */
export const endings = { moved: '迁出', dead: '死亡' } as const;
const states = { present: '正常', ...endings } as const;
export type Ending = keyof typeof endings;

const flagNames = Object.fromEntries(Object.entries(householdFlags).map(([code, { name }]) => [code, name])) as Record<
  HouseholdFlagName,
  string
>;

/** A row of the roster: a person, and what it says of the household. Null: nothing is said. */
export interface HouseholdRow {
  readonly code: string | null;
  readonly gridCode: string | null;
  readonly door: string | null;
  readonly name: string | null;
  readonly relation: Relation | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly hasNoPhone: boolean;
  readonly bornOn: string | null;
  readonly residence: Residence | null;
  readonly flags: readonly HouseholdFlagName[];
  readonly hasNoFlags: boolean;
  readonly ground: FlagGround | null;
  readonly memberName: string | null;
  readonly memberPhone: string | null;
  readonly isHub: boolean | null;
  readonly ending: Ending | null;
}

/** One row per person; what is said of the household may stand in one of its rows, or the same in all. */
export const householdColumns: readonly RosterColumn[] = [
  {
    ...{ key: 'code', head: '户号', also: ['户编号', '家庭编号'], needed: true, width: 16 },
    ...{ note: '同一户的人填同一个，字母、数字和短横', samples: ['0012', '0012'] },
  },
  {
    ...{ key: 'gridCode', head: '网格编码', also: ['网格代码', '小组编码'], needed: true, width: 20 },
    ...{ note: '小组的 15 位编码', samples: ['441224105201001', '441224105201001'] },
  },
  { key: 'door', head: '门牌', also: ['门牌号', '住址'], note: '比如 12 号', samples: ['12号', ''], width: 14 },
  { key: 'name', head: '姓名', needed: true, note: '一人一行', samples: ['示例甲', '示例乙'], width: 12 },
  {
    ...{ key: 'relation', head: '与户主关系', also: ['关系'], needed: true, note: '每户有一个户主', width: 14 },
    ...{ samples: ['户主', '配偶'], choices: Object.values(relations) },
  },
  {
    ...{ key: 'idNumber', head: '身份证号', also: ['身份证号码', '公民身份号码'], width: 24 },
    ...{ note: '18 位，可以不填；这一列是文本格式', samples: ['', ''] },
  },
  {
    ...{ key: 'phone', head: '手机号', also: ['电话', '手机', '联系电话', '手机号码'], width: 16 },
    ...{ note: '11 位，可以不填；填“无”去掉原来的', samples: ['15400000001', ''] },
  },
  {
    ...{ key: 'bornOn', head: '出生日期', also: ['出生年月日', '生日'], width: 14 },
    ...{ note: '写成 1958-03-09；填了身份证号可以不填', samples: ['1950-03-09', '1952-11-20'] },
  },
  {
    ...{ key: 'residence', head: '居住状况', note: '从下拉里选', samples: ['常住', '常住'], width: 12 },
    choices: Object.values(residences),
  },
  {
    ...{ key: 'flags', head: '特殊情况', samples: ['空巢老人、高龄', ''], width: 24 },
    note: `几项用、隔开；填“无”去掉原来从名册来的。可以填：${Object.values(flagNames).join('、')}`,
  },
  {
    ...{ key: 'ground', head: '特殊情况依据', samples: ['', ''], width: 18, choices: Object.values(flagGrounds) },
    note: '健康、儿童、困难这些情况一定要填',
  },
  { key: 'memberName', head: '联系党员', note: '联户党员的姓名', samples: ['示例丙', ''], width: 12 },
  { key: 'memberPhone', head: '联系党员手机号', note: '和姓名一起填', samples: ['15400000002', ''], width: 16 },
  { key: 'isHub', head: '党员中心户', note: '是或否', samples: ['否', ''], choices: ['是', '否'], width: 12 },
  {
    ...{ key: 'state', head: '状态', samples: ['正常', '正常'], choices: Object.values(states), width: 10 },
    note: '迁出、死亡要写明；不写就是正常。表里没有的人不会被删掉',
  },
];

export function readHouseholdRow(row: RowReader): HouseholdRow {
  const value: HouseholdRow = {
    code: row.code('code', /^[A-Za-z0-9-]{1,40}$/, '户号只能是字母、数字和短横，40 个以内'),
    gridCode: row.code('gridCode', /^\d{12}(?:\d{3})?$/, '网格编码要是 12 位或 15 位数字'),
    door: row.text('door', 60),
    name: row.text('name', 40),
    relation: row.oneOf('relation', relations),
    idNumber: row.idNumber('idNumber'),
    phone: row.phone('phone'),
    hasNoPhone: row.isNone('phone'),
    bornOn: row.day('bornOn'),
    residence: row.oneOf('residence', residences),
    flags: row.several('flags', flagNames),
    hasNoFlags: row.isNone('flags'),
    ground: row.oneOf('ground', flagGrounds),
    memberName: row.text('memberName', 40),
    memberPhone: row.phone('memberPhone'),
    isHub: row.yes('isHub'),
    ending: endingOf(row.oneOf('state', states)),
  };
  judge(row, value);
  return value.bornOn === null && value.idNumber ? { ...value, bornOn: bornOnOf(value.idNumber) } : value;
}

const endingOf = (state: keyof typeof states | null): Ending | null => (state === 'present' ? null : state);

/** `1-2` becomes the second of January in a column that is not of text. */
const looksLikeDay = /^\d{4}-\d{2}-\d{2}$/;

function judge(row: RowReader, { code, idNumber, bornOn, flags, ground, memberName, memberPhone }: HouseholdRow): void {
  row.needed('code', 'name');
  if (code !== null && looksLikeDay.test(code))
    row.fault('code', '户号像是被 Excel 改成了日期，请把这一列设为文本格式后重填');
  if (idNumber !== null && bornOn !== null && bornOnOf(idNumber) !== bornOn)
    row.fault('bornOn', '和身份证号里的出生日期不一样，请核对');
  const isSensitive = flags.some((flag) => householdFlags[flag].sensitive);
  if (isSensitive && ground === null)
    row.fault('ground', `请填写依据：${Object.values(flagGrounds).join('或')}（健康、儿童、困难这些情况要有依据）`);
  if ((memberName === null) !== (memberPhone === null))
    row.fault('memberPhone', '联系党员的姓名和手机号要一起填，用来认准人');
}

export const flagName = (flag: HouseholdFlagName): string => flagNames[flag];
