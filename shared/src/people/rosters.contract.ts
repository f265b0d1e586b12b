import { z } from 'zod';
import { endpoint, file, mapType, sheetType, upload } from '../endpoint';
import { problems } from '../problems';
import { ActionId, Instant, Page, Ulid, keys, pageOf } from '../schemas';
import { datums, rosterKinds, rosterLimits, rosterStandings, rosterStates } from './roster.words';

const Kind = z.enum(keys(rosterKinds));
const KindParam = z.object({ kind: Kind });
const ImportId = z.object({ importId: Ulid });
const Place = z.object({ gridId: Ulid, name: z.string(), within: z.string().nullable() });

const RosterImport = z
  .object({
    id: Ulid,
    kind: Kind,
    kindName: z.string(),
    gridName: z.string(),
    state: z.enum(keys(rosterStates)),
    stateName: z.string(),
    /** Rows of the file, less those that explain. */
    rows: z.int(),
    /** How far the present step is; `whole` 0: nobody knows yet how much there is. */
    done: z.int(),
    whole: z.int(),
    /** Once it is checked; things, not rows: a household is one. `missing`: in the system, but not in the file. */
    counts: z
      .object({
        faulty: z.int(),
        added: z.int(),
        changed: z.int(),
        ended: z.int(),
        unchanged: z.int(),
        missing: z.int(),
        hinted: z.int(),
      })
      .nullable(),
    /** Heads of columns that are not imported. */
    ignored: z.array(z.string()),
    /** Why it did not go on, and where to look. */
    problem: z.object({ code: z.enum(keys(problems)), title: z.string(), words: z.array(z.string()) }).nullable(),
    at: Instant,
    appliedAt: Instant.nullable(),
    allows: z.array(z.enum(['apply', 'recheck', 'cancel', 'errors'])),
  })
  .meta({ id: 'RosterImport' });

const Unit = z
  .object({
    id: z.string(),
    /** First row in the sheet; null for what is not in the file. */
    number: z.int().nullable(),
    standing: z.enum([...keys(rosterStandings), 'missing']),
    standingName: z.string(),
    title: z.string(),
    /** Masked. `from` null: nothing stood there. */
    changes: z.array(z.object({ what: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
    faults: z.array(z.object({ number: z.int(), head: z.string().nullable(), words: z.string() })),
    hints: z.array(z.string()),
    /** Of a boundary: a sketch in whole numbers from its upper left corner, the lowest shape first; rings as x, y, x, y, … */
    drawing: z
      .object({
        width: z.int(),
        height: z.int(),
        shapes: z.array(
          z.object({
            kind: z.enum(['above', 'beside', 'before', 'after']),
            name: z.string(),
            rings: z.array(z.array(z.int())),
          }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'RosterUnit' });

const own = { permission: 'roster.import', secondFactor: true } as const;

export const rostersApi = {
  kinds: endpoint({
    ...own,
    method: 'get',
    path: '/rosters',
    summary: '能导入的名册，和能导入到哪里',
    reply: z.object({
      kinds: z.array(
        z.object({
          ...{ kind: Kind, name: z.string(), columns: z.array(z.string()) },
          /** How many the system has within the caller's reach. */
          there: z.int(),
        }),
      ),
      places: z.array(Place),
    }),
  }),
  template: endpoint({
    ...own,
    method: 'get',
    path: '/rosters/:kind/template',
    summary: '名册的 Excel 模板；边界是 GeoJSON 的样例',
    params: KindParam,
    reply: file({ noList: '空白模板' }, sheetType, mapType),
  }),
  upload: endpoint({
    ...own,
    method: 'post',
    path: '/rosters/:kind/imports/:importId',
    summary: '上传名册，逐行检查（在后台进行，看进度）',
    params: KindParam.extend({ importId: Ulid }),
    query: z.object({ gridId: Ulid, datum: z.enum(keys(datums)).optional() }),
    body: upload('roster', rosterLimits.bytes),
    reply: RosterImport,
  }),
  list: endpoint({
    ...own,
    method: 'get',
    path: '/roster-imports',
    summary: '我最近的导入',
    reply: z.object({ items: z.array(RosterImport) }),
  }),
  read: endpoint({
    ...own,
    method: 'get',
    path: '/roster-imports/:importId',
    summary: '一次导入的情况和进度',
    params: ImportId,
    reply: RosterImport,
  }),
  units: endpoint({
    ...own,
    method: 'get',
    path: '/roster-imports/:importId/units',
    summary: '导入前的预览：新增、变更、终止、未变、有错、文件里没有',
    params: ImportId,
    query: Page.extend({ standing: z.enum([...keys(rosterStandings), 'missing']) }),
    reply: pageOf(Unit),
  }),
  apply: endpoint({
    ...own,
    method: 'post',
    path: '/roster-imports/:importId/apply',
    summary: '导入（全部成功，或一条不导）',
    params: ImportId,
    body: ActionId,
    reply: RosterImport,
  }),
  recheck: endpoint({
    ...own,
    method: 'post',
    path: '/roster-imports/:importId/recheck',
    summary: '系统里的内容变了，重新检查',
    params: ImportId,
    body: ActionId,
    reply: RosterImport,
  }),
  cancel: endpoint({
    ...own,
    method: 'post',
    path: '/roster-imports/:importId/cancel',
    summary: '不导了，读到的内容马上清掉',
    params: ImportId,
    body: ActionId,
    reply: RosterImport,
  }),
  // POST, because it is written into the audit log: it holds what was uploaded.
  errors: endpoint({
    ...own,
    method: 'post',
    path: '/roster-imports/:importId/errors',
    summary: '错误表的下载地址',
    params: ImportId,
    body: ActionId,
    reply: z.object({ address: z.string(), fileName: z.string() }),
  }),
  openErrors: endpoint({
    method: 'get',
    path: '/roster-errors/:importId/:personId',
    permission: 'anyone',
    summary: '打开错误表（带签名、会过期的地址）',
    params: ImportId.extend({ personId: Ulid }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['rosters.errors'] }, sheetType),
  }),
};
