import { z } from 'zod';
import { endpoint, file, sheetType } from '../endpoint';
import { Instant, Page, Ulid, keys, pageOf } from '../schemas';
import { auditActs, auditKinds, auditLimits } from './audit.words';

const Day = z.iso.date('日期写成 2026-09-15 这样');

/** What narrows the list; days are China's, both included. */
export const AuditFilters = z.object({
  kind: z.enum(keys(auditKinds)).optional(),
  act: z.enum(keys(auditActs)).optional(),
  personId: Ulid.optional(),
  thingId: Ulid.optional(),
  from: Day.optional(),
  to: Day.optional(),
});

export const AuditItem = z
  .object({
    id: Ulid,
    at: Instant,
    act: z.string(),
    actName: z.string(),
    kind: z.enum(keys(auditKinds)),
    /** Who did it; null: nobody who has signed in, or the system. Who holds no post is masked. */
    who: z.object({ personId: Ulid, name: z.string() }).nullable(),
    /** On what, as far as it can be told: no title of what is confidential. */
    thing: z.object({ id: Ulid, kindName: z.string(), name: z.string().nullable() }).nullable(),
    facts: z.array(z.object({ name: z.string(), words: z.string() })),
    /** Its number in the chain; null until it is sealed, a second or so later. */
    seq: z.int().nullable(),
  })
  .meta({ id: 'AuditItem' });

export const AuditRules = z
  .object({
    keepDays: z
      .int('请填天数')
      .min(auditLimits.fewestDays, `至少保存 ${auditLimits.fewestDays} 天`)
      .max(auditLimits.mostDays, `最多保存 ${auditLimits.mostDays} 天`),
    idleDays: z.int('请填天数').min(7, '至少 7 天').max(365, '最多 365 天'),
  })
  .meta({ id: 'AuditRules' });

/** Where a paper can be fetched for an hour or two, by whoever asked for it. */
export const AuditPaperLink = z.object({ address: z.string(), fileName: z.string() }).meta({ id: 'AuditPaperLink' });

export const auditApi = {
  list: endpoint({
    method: 'get',
    path: '/audit-entries',
    permission: 'audit.read',
    summary: '审计记录（县的看全部，镇的看本镇的）',
    query: Page.extend(AuditFilters.shape),
    reply: pageOf(AuditItem),
  }),
  state: endpoint({
    method: 'get',
    path: '/audit-state',
    permission: 'audit.read',
    summary: '审计链到哪里了，最近一次核对的结果',
    reply: z.object({
      /** `seq:hash`, to be noted elsewhere. */
      head: z.string().nullable(),
      sealed: z.object({ seq: z.int(), shortHash: z.string(), at: Instant.nullable() }).nullable(),
      /** Not sealed yet; counted to 99. */
      waiting: z.int(),
      lastCheck: z.object({ at: Instant, seq: z.int(), entries: z.int(), faults: z.int() }).nullable(),
      rules: AuditRules,
      allows: z.array(z.enum(['export', 'changeRules'])),
    }),
  }),
  export: endpoint({
    method: 'post',
    path: '/audit-exports',
    permission: 'audit.read',
    summary: '导出审计记录（Excel，带水印，有记录）',
    secondFactor: true,
    query: AuditFilters,
    reply: AuditPaperLink,
  }),
  changeRules: endpoint({
    method: 'put',
    path: '/audit-rules',
    permission: 'audit.setRules',
    summary: '定审计记录保存多久（至少 180 天）、多久算久未登录',
    secondFactor: true,
    body: AuditRules,
    reply: z.object({ rules: AuditRules }),
  }),
  open: endpoint({
    method: 'get',
    path: '/audit-papers/:paper',
    permission: 'anyone',
    summary: '打开导出的审计记录、岗位权限表（带签名、会过期的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,1500}$/) }),
    query: z.object({ until: z.string().max(20), key: z.string().max(20), sig: z.string().max(100) }),
    reply: file({ list: ['audit.export', 'grantReviews.rolesPaper'] }, 'application/pdf', sheetType),
  }),
};
