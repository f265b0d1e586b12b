import { z } from 'zod';
import { endpoint, file, sheetType, upload } from '../endpoint';
import { ActionId, Instant, Page, Ulid, pageOf, text } from '../schemas';
import { importLimits, importStandings, type ImportStanding } from './import.words';

const ImportId = z.object({ importId: Ulid });
const standings = Object.keys(importStandings) as [ImportStanding, ...ImportStanding[]];

/** 导入承诺: what was read from a file, and what came of it. */
const Import = z
  .object({
    id: Ulid,
    roundId: Ulid,
    year: z.int(),
    /** applying: under way; see `rowsDone`. Whatever ends it early leaves nothing behind, and it is `ready` again. */
    state: z.enum(['ready', 'applying', 'applied']),
    /** Rows with a deed in them, and how they stand; `warned` are good ones with a hint as to the wording. */
    rows: z.int(),
    good: z.int(),
    warned: z.int(),
    known: z.int(),
    faulty: z.int(),
    rowsDone: z.int(),
    /** Drafts of it that nobody has handed in for review yet. */
    drafts: z.int(),
    /** Drafting is over: a reason has to be given (补报). */
    isLate: z.boolean(),
    at: Instant,
    appliedAt: Instant.nullable(),
    allows: z.array(z.enum(['apply', 'submit'])),
  })
  .meta({ id: 'CommitmentImport' });

const ImportRow = z
  .object({
    /** As it is numbered in the sheet. */
    number: z.int(),
    organization: z.string(),
    name: z.string(),
    title: z.string(),
    standing: z.enum(standings),
    standingName: z.string(),
    /** What is wrong, each a sentence: it stops the whole file. */
    faults: z.array(z.string()),
    /** As to the wording: they warn and stop nothing. */
    hints: z.array(z.string()),
  })
  .meta({ id: 'CommitmentImportRow' });

export const importsApi = {
  template: endpoint({
    method: 'get',
    path: '/commitment-rounds/:roundId/import-template',
    permission: 'commitment.import',
    summary: '导入承诺的 Excel 模板',
    params: z.object({ roundId: Ulid }),
    reply: file({ noList: '空白模板' }, sheetType),
  }),
  check: endpoint({
    method: 'post',
    path: '/commitment-rounds/:roundId/imports/:importId',
    permission: 'commitment.import',
    secondFactor: true,
    summary: '上传要导入的承诺，逐行检查',
    params: z.object({ roundId: Ulid, importId: Ulid }),
    body: upload('sheet', importLimits.bytes),
    reply: Import,
  }),
  read: endpoint({
    method: 'get',
    path: '/commitment-imports/:importId',
    permission: 'commitment.import',
    summary: '一次导入的情况和进度',
    params: ImportId,
    reply: Import,
  }),
  rows: endpoint({
    method: 'get',
    path: '/commitment-imports/:importId/rows',
    permission: 'commitment.import',
    summary: '逐行检查的结果',
    params: ImportId,
    query: Page.extend({ standing: z.enum([...standings, 'all']).default('all') }),
    reply: pageOf(ImportRow),
  }),
  apply: endpoint({
    method: 'post',
    path: '/commitment-imports/:importId/apply',
    permission: 'commitment.import',
    secondFactor: true,
    summary: '全部导入为草稿（全部成功，或一件不导）',
    params: ImportId,
    body: ActionId.extend({ lateReason: text(200).optional() }),
    reply: Import,
  }),
  submit: endpoint({
    method: 'post',
    path: '/commitment-imports/:importId/submit',
    permission: 'commitment.import',
    summary: `把导入的草稿报审，一次 ${importLimits.submit} 件`,
    params: ImportId,
    body: ActionId,
    reply: z.object({
      done: z.int(),
      refused: z.array(z.object({ commitmentId: Ulid, code: z.string(), title: z.string() })),
      left: z.int(),
    }),
  }),
};
