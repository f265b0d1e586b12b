import { z } from 'zod';
import { endpoint, file } from '../endpoint';
import { Instant, Page, Ulid, isCleanText, keys, pageOf, text } from '../schemas';
import {
  closingBlocks,
  type closingReasons,
  consentPurposes,
  correctionFields,
  correctionStates,
  type ClosingBlock,
} from './privacy.words';

const Section = z.object({ title: text(30), words: text(600) });
export const Notice = z
  .object({
    version: z.int(),
    sections: z.array(z.object({ title: z.string(), words: z.string() })),
    summary: z.string(),
    effectiveAt: Instant,
    inForce: z.boolean(),
  })
  .meta({ id: 'PrivacyNotice' });

export const ConsentLine = z
  .object({
    purpose: z.enum(keys(consentPurposes)),
    given: z.boolean().nullable(),
    version: z.int().nullable(),
    at: Instant.nullable(),
    by: z.string().nullable(),
  })
  .meta({ id: 'ConsentLine', description: 'given: null 表示还没有回答过' });

export const Consents = z
  .object({
    personId: Ulid,
    version: z.int().nullable(),
    /** The notice in force has not been agreed to. */
    toAsk: z.boolean(),
    /** What changed since the version last agreed to; null at the first time. */
    changed: z.string().nullable(),
    /** A child under 14: who must agree instead. */
    guardianNeeded: z.boolean(),
    lines: z.array(ConsentLine),
    children: z.array(z.object({ personId: Ulid, name: z.string() })),
  })
  .meta({ id: 'Consents' });

export const Look = z
  .object({
    id: Ulid,
    /** The last time, where the same was done more than once that day. */
    at: Instant,
    times: z.int(),
    who: z.string(),
    post: z.string().nullable(),
    what: z.string(),
    purpose: z.string().nullable(),
    orderId: Ulid.nullable(),
  })
  .meta({ id: 'Look', description: '谁看过我的信息' });

const ClosingBlocked = z.object({
  block: z.enum(keys(closingBlocks) as [ClosingBlock, ...ClosingBlock[]]),
  words: z.string(),
  count: z.int(),
});
export const Closing = z
  .object({
    asked: z.object({ id: Ulid, at: Instant, dueAt: Instant, held: z.boolean() }).nullable(),
    blocks: z.array(ClosingBlocked.extend({ orderIds: z.array(Ulid) })),
    thinkingDays: z.int(),
    /** A child under 14: who must ask instead. */
    guardianNeeded: z.boolean(),
    allows: z.array(z.enum(['closeAccount', 'keepAccount'])),
  })
  .meta({ id: 'AccountClosing' });

/** 替人注销, for the administrator: counts, but not which orders they are. */
export const ClosingOfPerson = z
  .object({
    asked: z.object({ at: Instant, dueAt: Instant, held: z.boolean(), reasonName: z.string() }).nullable(),
    blocks: z.array(ClosingBlocked),
    thinkingDays: z.int(),
    allows: z.array(z.enum(['erasePerson', 'keepPerson'])),
  })
  .meta({ id: 'ClosingOfPerson' });

export const CorrectionView = z
  .object({
    id: Ulid,
    field: z.enum(keys(correctionFields)),
    fieldName: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    words: z.string().nullable(),
    state: z.enum(keys(correctionStates)),
    stateName: z.string(),
    personName: z.string(),
    place: z.string(),
    askedAt: Instant,
    answer: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
    allows: z.array(z.enum(['decideCorrection'])),
  })
  .meta({ id: 'Correction' });

const Of = z.object({ personId: Ulid.optional() });
const Signed = z.object({
  until: z.string().regex(/^\d{1,12}$/),
  key: z.string().max(40),
  sig: z.string().max(100),
});

export const privacyApi = {
  notice: endpoint({
    method: 'get',
    path: '/privacy/notice',
    permission: 'anyone',
    summary: '隐私告知（现行版本）',
    reply: z.object({ notice: Notice.nullable() }),
  }),
  notices: endpoint({
    method: 'get',
    path: '/privacy/notices',
    permission: 'privacy.publish',
    summary: '隐私告知的所有版本',
    reply: z.object({ items: z.array(Notice) }),
  }),
  publishNotice: endpoint({
    method: 'put',
    path: '/privacy/notices/:noticeId',
    permission: 'privacy.publish',
    summary: '发布隐私告知的新版本（生效后重新征得同意）',
    secondFactor: true,
    params: z.object({ noticeId: Ulid }),
    body: z.object({
      sections: z.array(Section).min(3, '至少写明谁在用、用来做什么、怎么联系').max(20),
      summary: text(300, '请写清楚改了什么'),
      effectiveAt: Instant,
    }),
    reply: z.object({ notice: Notice }),
  }),
  consents: endpoint({
    method: 'get',
    path: '/me/consents',
    permission: 'signedIn',
    summary: '我同意过什么（personId：自己监护的孩子）',
    query: Of,
    reply: Consents,
  }),
  consent: endpoint({
    method: 'post',
    path: '/me/consents',
    permission: 'signedIn',
    summary: '同意、不同意、撤回',
    body: z.object({
      actionId: Ulid,
      version: z.int().min(1),
      answers: z.partialRecord(z.enum(keys(consentPurposes)), z.boolean()),
      personId: Ulid.optional(),
    }),
    reply: Consents,
  }),
  looks: endpoint({
    method: 'get',
    path: '/me/looks',
    permission: 'signedIn',
    summary: '谁看过我的信息（personId：自己监护的孩子）',
    query: Page.extend(Of.shape),
    reply: pageOf(Look),
  }),
  exportMine: endpoint({
    method: 'post',
    path: '/me/export',
    permission: 'signedIn',
    summary: '导出我的信息（地址一两个小时内有效）',
    body: z.object({
      actionId: Ulid,
      format: z.enum(['pdf', 'json']),
      sure: z.literal(true, '请先确认要导出'),
      personId: Ulid.optional(),
    }),
    reply: z.object({ address: z.string(), fileName: z.string(), leftToday: z.int() }),
  }),
  openMine: endpoint({
    method: 'get',
    path: '/my-data/:paper',
    permission: 'anyone',
    summary: '打开导出的我的信息（带签名的地址）',
    params: z.object({ paper: z.string().regex(/^[\w-]{1,400}$/) }),
    query: Signed,
    reply: file({ noList: '本人（或监护人）自己的信息' }, 'application/pdf', 'application/json'),
  }),
  closing: endpoint({
    method: 'get',
    path: '/me/closing',
    permission: 'signedIn',
    summary: '注销：能不能、到哪一步了',
    query: Of,
    reply: Closing,
  }),
  closeAccount: endpoint({
    method: 'post',
    path: '/me/closing',
    permission: 'signedIn',
    summary: '申请注销',
    body: z.object({ actionId: Ulid, sure: z.literal(true, '请先确认要注销'), personId: Ulid.optional() }),
    reply: Closing,
  }),
  keepAccount: endpoint({
    method: 'post',
    path: '/me/closing/keep',
    permission: 'signedIn',
    summary: '不注销了',
    body: Of.extend({ actionId: Ulid }),
    reply: Closing,
  }),
  erasePerson: endpoint({
    method: 'post',
    path: '/people/:personId/erase',
    permission: 'person.erase',
    summary: '替去世的人或书面申请的人注销',
    secondFactor: true,
    params: z.object({ personId: Ulid }),
    body: z.object({
      actionId: Ulid,
      reason: z.enum(['death', 'written', 'guardian'] satisfies (keyof typeof closingReasons)[]),
      words: text(200, '请写明凭什么办理，例如申请书日期'),
    }),
    reply: z.object({ closingId: Ulid, dueAt: Instant }),
  }),
  closingOf: endpoint({
    method: 'get',
    path: '/people/:personId/closing',
    permission: 'person.erase',
    summary: '替人注销：能不能、到哪一步了',
    params: z.object({ personId: Ulid }),
    reply: ClosingOfPerson,
  }),
  keepPerson: endpoint({
    method: 'post',
    path: '/people/:personId/keep',
    permission: 'person.erase',
    summary: '取消替人申请的注销',
    secondFactor: true,
    params: z.object({ personId: Ulid }),
    body: z.object({ actionId: Ulid }),
    reply: ClosingOfPerson,
  }),
  myCorrections: endpoint({
    method: 'get',
    path: '/me/corrections',
    permission: 'signedIn',
    summary: '我的更正申请和花名册里的我',
    query: Of,
    reply: z.object({
      items: z.array(CorrectionView),
      roster: z.array(
        z.object({ field: z.enum(keys(correctionFields)), name: z.string(), value: z.string().nullable() }),
      ),
    }),
  }),
  askCorrection: endpoint({
    method: 'put',
    path: '/me/corrections/:correctionId',
    permission: 'signedIn',
    summary: '申请更正',
    params: z.object({ correctionId: Ulid }),
    body: z.object({
      field: z.enum(keys(correctionFields), '请选择要更正的内容'),
      value: z.string('请填写').trim().min(1, '请填写正确的内容').max(60).refine(isCleanText, '含有不能显示的字符'),
      words: text(200).optional(),
      personId: Ulid.optional(),
    }),
    reply: CorrectionView,
  }),
  corrections: endpoint({
    method: 'get',
    path: '/corrections',
    permission: 'correction.decide',
    summary: '等核对的更正申请',
    query: Page.extend({ state: z.enum(['asked', 'decided']).default('asked') }),
    reply: pageOf(CorrectionView),
  }),
  decideCorrection: endpoint({
    method: 'post',
    path: '/corrections/:correctionId/decide',
    permission: 'correction.decide',
    summary: '核对更正申请：改好或说明为什么不改',
    params: z.object({ correctionId: Ulid }),
    body: z.object({ actionId: Ulid, apply: z.boolean(), words: text(200, '请写一句话答复') }),
    reply: CorrectionView,
  }),
};
