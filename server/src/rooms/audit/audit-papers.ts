import { permissionWords } from '@sandan/shared/access/permission-words';
import { roleNames, type Permission } from '@sandan/shared/access/roles';
import { auditActs, auditKinds } from '@sandan/shared/audit/audit.words';
import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { exportLimits } from '../../foundation/audit/list-export';
import { exportedBy, timeWords } from '../../foundation/documents/exported-by';
import { columnsOf, tableOf, type Field, type Paper } from '../../foundation/documents/paper';
import { auditReach } from './audit.policy';
import { presentEntries } from './audit.presenter';
import { auditRows, type AuditRow, type Filters } from './audit.queries';
import { roleGroups } from './role-table';

/** Which paper, and for whom: it stands in its address and is signed. */
export type AuditPaperName = { readonly personId: string } & (
  | { readonly what: 'entries'; readonly filters: Filters; readonly rows: number }
  | { readonly what: 'roles'; readonly rows: number }
);
export const auditPapersPath = '/audit-papers';
export const formatOfPaper = ({ what }: AuditPaperName): 'pdf' | 'xlsx' => (what === 'entries' ? 'xlsx' : 'pdf');

const titles = { entries: '审计记录', roles: '岗位权限表' } as const;
export const fileNameOf = (name: Pick<AuditPaperName, 'what'>, now: Date): string =>
  `${titles[name.what]}-${chinaDate(now.getTime())}.${name.what === 'entries' ? 'xlsx' : 'pdf'}`;

/** The entries of an export, as many as one may hold. Throws `paper.too-long`. */
export async function entriesToExport(db: Reading, caller: Caller, filters: Filters): Promise<AuditRow[]> {
  const { rows: most } = exportLimits(caller);
  const asked = { reach: auditReach(caller), filters, after: undefined, limit: most + 1 };
  const rows = await auditRows(db, asked);
  if (rows.length > most) throw new Problem('paper.too-long');
  return rows;
}

/** Who did it, and to whom. */
export const peopleIn = (entries: readonly AuditRow[]): string[] =>
  entries
    .flatMap(({ act, personId, thingId }) => [personId, auditActs[act].thing === 'person' ? thingId : null])
    .filter((id) => id !== null);

type Entry = Awaited<ReturnType<typeof presentEntries>>[number];
const entryFields: readonly Field<[entry: Entry]>[] = [
  { title: '号', width: 5, cell: ({ seq }) => seq },
  { title: '日期', width: 7, cell: ({ at }) => ({ day: chinaDate(Date.parse(at)) }) },
  { title: '时间', width: 5, cell: ({ at }) => timeWords(new Date(at)) },
  { title: '谁', width: 8, cell: ({ who }) => who?.name ?? '系统或未登录的人' },
  { title: '种类', width: 7, cell: ({ kind }) => auditKinds[kind] },
  { title: '做了什么', width: 14, words: true, cell: ({ actName }) => actName },
  { title: '对什么', width: 8, cell: ({ thing }) => thing?.kindName ?? null },
  { title: '名称', width: 16, words: true, cell: ({ thing }) => thing?.name ?? null },
  { title: '编号', width: 16, cell: ({ thing }) => thing?.id ?? null },
  {
    title: '情况',
    width: 24,
    words: true,
    cell: ({ facts }) => facts.map(({ name, words }) => `${name}：${words}`).join('；'),
  },
];

const roleFields: readonly Field<[permission: Permission, roles: readonly string[]]>[] = [
  { title: '可以做什么', width: 20, words: true, cell: (permission) => permissionWords[permission] },
  { title: '哪些岗位', width: 60, words: true, cell: (_permission, roles) => roles.join('、') },
];

/** Reads what the paper says, by the reach of whom it was signed for. */
export async function writeAuditPaper(db: Reading, caller: Caller, name: AuditPaperName): Promise<Paper> {
  const sheet = { title: titles[name.what], lines: [], watermark: exportedBy(caller), signature: [], foot: null };
  if (name.what === 'roles') {
    const groups = roleGroups().map(({ name: title, permissions }) => ({
      title,
      rows: permissions.map(({ permission, roles }) =>
        roleFields.map(({ cell }) =>
          cell(
            permission,
            roles.map((role) => roleNames[role]),
          ),
        ),
      ),
    }));
    return { ...sheet, size: 'A4', tables: [{ name: titles.roles, columns: columnsOf(roleFields), groups }] };
  }
  const entries = await presentEntries(db, await entriesToExport(db, caller, name.filters));
  return { ...sheet, tables: [tableOf(titles.entries, entryFields, entries)] };
}
