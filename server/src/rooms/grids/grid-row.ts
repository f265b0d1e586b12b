import type { RosterColumn } from '../../foundation/rosters/roster';
import type { RowReader } from '../../foundation/rosters/row-reader';
import type { Tier } from './grid.entity';

export const tierNames: Readonly<Record<Tier, string>> = { county: '县', town: '镇', village: '村', group: '小组' };
export const tiersDown = Object.keys(tierNames) as Tier[];
const states = { present: '正常', closed: '停用' } as const;

export interface GridRow {
  readonly tier: Tier | null;
  readonly name: string | null;
  readonly code: string | null;
  readonly parentCode: string | null;
  readonly dutyPhone: string | null;
  readonly lat: number | null;
  readonly lng: number | null;
  readonly closes: boolean;
}

const codePattern = /^\d{12}(?:\d{3})?$/;
const codeWords = '编码要是 12 位区划代码或 15 位网格编码';

export const gridColumns: readonly RosterColumn[] = [
  {
    key: 'tier',
    head: '层级',
    needed: true,
    note: '从下拉里选',
    samples: ['村', '小组'],
    choices: Object.values(tierNames),
  },
  {
    key: 'name',
    head: '名称',
    also: ['网格名称'],
    needed: true,
    note: '最多 40 个字',
    samples: ['示例村', '一组'],
    width: 20,
  },
  {
    ...{ key: 'code', head: '编码', also: ['网格编码', '区划代码'], needed: true, width: 20 },
    ...{ note: '12 位区划代码或 15 位网格编码', samples: ['441224105201', '441224105201001'] },
  },
  {
    ...{ key: 'parentCode', head: '上级编码', needed: true, note: '上一层的编码', width: 20 },
    samples: ['441224105000', '441224105201'],
  },
  { key: 'dutyPhone', head: '值班电话', note: '可以不填', samples: ['', ''], width: 16 },
  { key: 'lng', head: '中心经度', note: 'GCJ-02（高德、腾讯地图上的）', samples: ['', ''] },
  { key: 'lat', head: '中心纬度', note: '和经度一起填', samples: ['', ''] },
  { key: 'state', head: '状态', note: '停用要写明', samples: ['正常', '正常'], choices: Object.values(states) },
];

export function readGridRow(row: RowReader): GridRow {
  const degrees = (column: string): number | null => {
    const text = row.code(column, /^\d{1,3}(?:\.\d{1,10})?$/, '请填度数，比如 112.3456');
    return text === null ? null : Number(text);
  };
  const [lat, lng] = [degrees('lat'), degrees('lng')];
  if ((lat === null) !== (lng === null)) row.fault('lat', '经度和纬度要一起填');
  const isChina = lat === null || lng === null || (lat > 3 && lat < 54 && lng > 73 && lng < 136);
  if (!isChina) row.fault('lng', '这个位置不在中国，请看看经度和纬度是不是写反了');
  row.needed('tier', 'name', 'code');
  return {
    ...{ tier: row.oneOf('tier', tierNames), name: row.text('name', 40), lat, lng },
    code: row.code('code', codePattern, codeWords),
    parentCode: row.code('parentCode', codePattern, codeWords),
    dutyPhone: row.code('dutyPhone', /^[\d-]{5,20}$/, '电话只写数字和短横'),
    closes: row.oneOf('state', states) === 'closed',
  };
}
