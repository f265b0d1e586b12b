import type { Caller } from '../../foundation/access/caller';
import { dayWords } from '../../foundation/documents/exported-by';
import { columnsOf, type Field, type Group, type Paper } from '../../foundation/documents/paper';
import type { OrganizationNode } from '../../foundation/reference/tree';
import type { DeedRow } from './paper-rows.queries';
import { forWhom, moneyWords, noticePeriod, ordinalWords, quantityWords, standingWords } from './paper-words';

/** What a notice is made of: its organisation, and the deeds that it and those below it have made public. */
export interface Notice {
  readonly organization: OrganizationNode;
  readonly year: number;
  readonly deeds: readonly DeedRow[];
}

export const noticeTitle = ({ name }: Pick<OrganizationNode, 'name'>, year: number): string =>
  `${name} ${year} 年双向承诺公示表`;

/** A committee's notice lists what organisations promise; what members promise hangs at their branches. */
export const listsMembers = ({ rank }: Pick<OrganizationNode, 'rank'>): boolean => rank !== 'committee';

/** 公示表: to be printed on A3 and hung on the notice board, so it says only what is public. */
export function noticePaper({ organization, year, deeds }: Notice, caller: Caller): Paper {
  const listed = deeds.filter(({ kind }) => kind !== 'personal' || listsMembers(organization));
  const fields = fieldsFor(listed);
  const sections = sectionsOf(organization, listed, caller);
  let number = 0;
  const groups = sections.map(({ title, rows }): Group => ({
    title,
    rows: rows.map((deed) => {
      number += 1;
      return fields.map(({ cell }) => cell(deed, caller, number));
    }),
  }));
  return {
    title: noticeTitle(organization, year),
    lines: [`${noticePeriod(listed)}　　${tally(listed)}`],
    watermark: null,
    tables: [{ name: '公示表', columns: columnsOf(fields), groups }],
    signature: [organization.name, dayWords(caller.now)],
    foot: ['群众可以在三单小程序里评诺、提意见。', ...dutyPhone(organization, caller)].join('　'),
  };
}

type NoticeField = Field<[deed: DeedRow, caller: Caller, number: number]>;

const whose = ({ personName, organizationId }: DeedRow, { reference }: Caller): string =>
  personName ?? reference.tree.organization(organizationId)?.name ?? '';

/** 书记项目 and 民生项目 say so; the usual kinds are told by the heading. */
const matter = ({ kind, title }: DeedRow): string => {
  if (kind === 'secretaryProject') return `【书记项目】${title}`;
  return kind === 'livelihoodProject' ? `【民生项目】${title}` : title;
};

const usualFields: readonly NoticeField[] = [
  { title: '序号', width: 4, cell: (_deed, _caller, number) => number },
  { title: '承诺人', width: 7, merged: true, cell: whose },
  { title: '承诺事项', width: 14, words: true, bold: true, cell: matter },
  { title: '具体内容', width: 29, words: true, cell: ({ words }) => words },
  { title: '数量', width: 7, cell: quantityWords },
  { title: '服务对象', width: 9, cell: forWhom },
  { title: '完成时限', width: 9, cell: ({ deadline }) => ({ day: deadline }) },
  { title: '责任人', width: 6.5, cell: ({ responsibleName }) => responsibleName },
];
const moneyField: NoticeField = { title: '资金及来源', width: 9, cell: moneyWords };
const standingField: NoticeField = { title: '进度、结果', width: 7.5, cell: standingWords };

/** Money is a column only where a deed costs some. */
const fieldsFor = (deeds: readonly DeedRow[]): NoticeField[] => [
  ...usualFields,
  ...(deeds.some((deed) => moneyWords(deed) !== '') ? [moneyField] : []),
  standingField,
];

interface Section {
  title: string;
  rows: readonly DeedRow[];
}

/** A branch: its own deeds, then its members'. A level above: the same for each organisation below it, in one heading. */
function sectionsOf(organization: OrganizationNode, deeds: readonly DeedRow[], caller: Caller): Section[] {
  const ids = [...new Set(deeds.map(({ organizationId }) => organizationId))];
  const parts = ids.length === 1 && ids[0] === organization.id ? ownSections(deeds) : sectionsByName(deeds, caller);
  return parts.map(({ title, rows }, index) => ({ title: `${ordinalWords(index + 1)}、${title}`, rows }));
}

const ownSections = (deeds: readonly DeedRow[]): Section[] =>
  [
    { title: '班子承诺（民生实事）', rows: ownDeeds(deeds) },
    { title: '党员个人承诺（微小实事）', rows: membersDeeds(deeds) },
  ].filter(({ rows }) => rows.length > 0);

function sectionsByName(deeds: readonly DeedRow[], { reference }: Caller): Section[] {
  const depth = (id: string): number => reference.tree.organizationLine(id).length;
  const name = (id: string): string => reference.tree.organization(id)?.name ?? '';
  return [...new Set(deeds.map(({ organizationId }) => organizationId))]
    .sort((one, other) => depth(one) - depth(other) || byPinyin(name(one), name(other)))
    .map((id) => {
      const its = deeds.filter(({ organizationId }) => organizationId === id);
      return { title: `${name(id)}（${tally(its)}）`, rows: [...ownDeeds(its), ...membersDeeds(its)] };
    });
}

const ownDeeds = (deeds: readonly DeedRow[]): DeedRow[] => deeds.filter(({ kind }) => kind !== 'personal');

const byPinyin = new Intl.Collator('zh-CN').compare;

/** By the members' names, each one's deeds together. */
const membersDeeds = (deeds: readonly DeedRow[]): DeedRow[] =>
  deeds
    .filter(({ kind }) => kind === 'personal')
    .sort(
      (one, other) =>
        byPinyin(one.personName ?? '', other.personName ?? '') ||
        ((one.personId ?? '') < (other.personId ?? '') ? -1 : 1),
    );

/** 班子承诺 4 件，党员 12 名、个人承诺 48 件. */
function tally(deeds: readonly DeedRow[]): string {
  const [own, members] = [ownDeeds(deeds), membersDeeds(deeds)];
  const people = new Set(members.map(({ personId }) => personId)).size;
  return [
    ...(own.length > 0 ? [`班子承诺 ${own.length} 件`] : []),
    ...(members.length > 0 ? [`党员 ${people} 名、个人承诺 ${members.length} 件`] : []),
  ].join('，');
}

/** 值班电话 of the village, where one is published. */
function dutyPhone({ id }: OrganizationNode, { reference }: Caller): string[] {
  const phones = reference.tree.gridsOfOrganization(id).flatMap(({ dutyPhone: phone }) => phone ?? []);
  return phones.length === 1 ? [`值班电话：${phones[0]}`] : [];
}
