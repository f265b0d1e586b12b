import { roleNames } from '@sandan/shared/access/roles';
import { chinaDate } from '@sandan/shared/china-time';
import {
  flagGrounds,
  householdFlags,
  relations,
  residences,
  type HouseholdFlagName,
} from '@sandan/shared/households/household.words';
import { skills, type Skill } from '@sandan/shared/orders/order.words';
import { orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import { targetStates, type TargetState } from '@sandan/shared/sweeps/sweep.words';
import { consentPurposes } from '@sandan/shared/privacy/privacy.words';
import { maskName } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import type { Cell, Paper, Table } from '../../foundation/documents/paper';
import type { Reference } from '../../foundation/reference/reference';
import { allConsents } from './consents.queries';
import { visitsToHousehold } from '../sweeps/sweeps.queries';
import { lookWords } from './looks.presenter';
import { looksAt } from './looks.queries';
import {
  householdMates,
  myFlags,
  myOrders,
  myPosts,
  myself,
  plainRows,
  type PlainRow,
  type Reader,
} from './my-data.queries';
import { plainSections, type PlainWords } from './my-data.plain';

/** One kind of what is held about a person: rows of words by the Chinese title of their column. */
export interface Section {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

const mostLooks = 1000;

/** 'electric,law' → 电工、法律 */
const skillWords = (codes: string): string =>
  codes
    .split(',')
    .map((code) => skills[code as Skill])
    .join('、');

/** 9999-12-31 23:59 in China. */
export const moment = (at: Date): string =>
  `${chinaDate(at.getTime())} ${new Date(at.getTime() + 8 * 60 * 60_000).toISOString().slice(11, 16)}`;

/**
 * Everything the system holds about one person (个人信息保护法 45 条), other people's names masked. A room that comes to
 * hold more adds a section.
 */
export async function myData(reading: Reading, reference: Reference, reader: Reader): Promise<Section[]> {
  const { personId } = reader;
  return [
    ...(await aboutMe(reading, reference, personId)),
    await ordersSection(reading, reference, reader),
    ...(await Promise.all(plainSections.map((section) => plainSection(reading, section, reader)))),
    await sweepsSection(reading, personId),
    await postsSection(reading, reference, personId),
    await consentsSection(reading, personId),
    await looksSection(reading, reference, reader),
  ];
}

async function aboutMe(reading: Reading, { tree }: Reference, personId: string): Promise<Section[]> {
  const me = await myself(reading, personId);
  if (!me) return [];
  const { vault } = reading;
  const grid = me.gridId === null ? undefined : tree.grid(me.gridId);
  const facts: [string, string | null][] = [
    ['姓名', me.name],
    ['昵称', me.nickname],
    ['手机号', vault.open('person.phone', me.phone)],
    ['公开的电话', vault.open('person.publishedPhone', me.publishedPhone)],
    ['身份证号', vault.open('person.idNumber', me.idNumber)],
    ['出生日期', me.bornOn],
    ['与户主关系', me.relation && relations[me.relation]],
    ['居住情况', me.residence && residences[me.residence]],
    ['所在网格', grid?.name ?? null],
    ['门牌', vault.open('household.door', me.door)],
    ['技能', me.skills && skillWords(me.skills)],
    ['建立账号', moment(me.createdAt)],
  ];
  const mates = me.householdId === null ? [] : await householdMates(reading, me.householdId, personId);
  const flags = await myFlags(reading, { personId, householdId: me.householdId });
  return [
    { title: '基本信息', columns: ['项目', '内容'], rows: facts.filter(([, value]) => value !== null) },
    {
      title: '同户的人',
      columns: ['姓名', '与户主关系'],
      rows: mates.map(({ name, relation }) => [maskName(name), relation && relations[relation]]),
    },
    {
      title: '特殊情况',
      columns: ['情况', '依据', '从哪天起', '停用'],
      rows: flags.map(({ flag, ground, since, endedAt }) => [
        householdFlags[vault.open('householdFlag.flag', flag) as HouseholdFlagName].name,
        ground && flagGrounds[ground],
        since,
        endedAt && moment(endedAt),
      ]),
    },
  ];
}

async function ordersSection(reading: Reading, reference: Reference, reader: Reader): Promise<Section> {
  const { vault } = reading;
  const orders = await myOrders(reading, reader);
  return {
    title: '点的单',
    columns: ['时间', '类别', '状态', '说的话', '联系人', '电话', '地址'],
    rows: orders.map((order) => [
      moment(order.placedAt),
      reference.category(order.categoryId)?.name ?? '',
      orderLifecycle.states[order.state].name,
      order.words,
      order.contactName,
      vault.open('order.contactPhone', order.contactPhone),
      vault.open('order.address', order.address),
    ]),
  };
}

async function plainSection(
  reading: Reading,
  { section, title, columns }: PlainWords,
  reader: Reader,
): Promise<Section> {
  const rows = await plainRows(reading, section, reader);
  const cell = (row: PlainRow, column: string, told?: (value: string) => string): Cell => {
    const value = row[column] ?? null;
    if (value instanceof Date) return moment(value);
    return told && typeof value === 'string' ? told(value) : value;
  };
  return {
    title,
    columns: ['时间', ...columns.map(([name]) => name)],
    rows: rows.map((row) => [moment(row.at), ...columns.map(([, column, told]) => cell(row, column, told))]),
  };
}

/** That somebody came for a 排查, and what for; the answers are of the household, not of one person. */
async function sweepsSection(reading: Reading, personId: string): Promise<Section> {
  const me = await myself(reading, personId);
  const visits = me?.householdId ? await visitsToHousehold(reading, me.householdId) : [];
  return {
    title: '到我家的排查',
    columns: ['时间', '排查', '谁', '结果'],
    rows: visits.map(({ visitedAt, title, by, result }) => [
      ...[moment(visitedAt), title, by, targetStates[result as TargetState]],
    ]),
  };
}

async function postsSection(reading: Reading, { tree }: Reference, personId: string): Promise<Section> {
  const posts = await myPosts(reading, personId);
  return {
    title: '担任过的职务',
    columns: ['职务', '地方', '从', '到'],
    rows: posts.map(({ role, nodeId, startsAt, endsAt }) => [
      roleNames[role],
      tree.grid(nodeId)?.name ?? tree.organization(nodeId)?.name ?? '',
      moment(startsAt),
      endsAt && moment(endsAt),
    ]),
  };
}

async function consentsSection(reading: Reading, personId: string): Promise<Section> {
  const rows = await allConsents(reading, personId);
  return {
    title: '同意和撤回',
    columns: ['时间', '事项', '回答', '告知版本'],
    rows: rows.map(({ at, purpose, given, version }) => [
      ...[moment(at), consentPurposes[purpose].name, given === 1 ? '同意' : '不同意', version],
    ]),
  };
}

async function looksSection(reading: Reading, reference: Reference, reader: Reader): Promise<Section> {
  const { personId } = reader;
  const me = await myself(reading, personId);
  const rows = await looksAt(reading, { ...reader, householdId: me?.householdId ?? null }, mostLooks);
  const seen = rows.map((row) => lookWords(row, personId, reference));
  return {
    title: '谁看过我的信息',
    columns: ['时间', '谁', '职务', '做了什么', '为什么'],
    rows: rows.map(({ at }, index) => {
      const { who = '', post = null, what = '', purpose = null } = seen[index] ?? {};
      return [moment(at), who, post, what, purpose];
    }),
  };
}

/** For reading and printing. `by`: 本人, or whoever answers for a child. Sections without a row are named in one line: that nothing is held is an answer, too. */
export function myPaper(sections: readonly Section[], { name, by }: { name: string; by: string }, at: Date): Paper {
  const empty = sections.filter(({ rows }) => rows.length === 0).map(({ title }) => title);
  return {
    title: `${name}的个人信息`,
    lines: empty.length > 0 ? [`没有记录：${empty.join('、')}。`] : [],
    watermark: `由${by}于 ${moment(at)} 导出，仅供本人使用`,
    tables: sections.filter(({ rows }) => rows.length > 0).map(tableOf),
    signature: [],
    foot: null,
    size: 'A4',
  };
}

const longColumns = new Set(['说的话', '内容', '答复', '做了什么']);
const tableOf = ({ title, columns, rows }: Section): Table => ({
  name: title,
  caption: title,
  columns: columns.map((column) => ({ title: column, width: longColumns.has(column) ? 24 : 10, words: true })),
  groups: [{ title: null, rows }],
});

/** For another system (可携带): the same sections, each row an object by the titles of its columns. */
export const myJson = (sections: readonly Section[], at: Date): string =>
  JSON.stringify(
    {
      exportedAt: at.toISOString(),
      sections: sections.map(({ title, columns, rows }) => ({
        title,
        rows: rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
      })),
    },
    null,
    1,
  );
