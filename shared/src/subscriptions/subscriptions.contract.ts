import { z } from 'zod';
import { endpoint } from '../endpoint';
import { Instant, Ulid } from '../schemas';
import {
  askMoments,
  messageKinds,
  messageValueNames,
  mostAsked,
  subscribeChoices,
  templateKinds,
  type AskMoment,
  type MessageKind,
  type TemplateMode,
} from './subscription.words';

const TemplateId = z.string().regex(/^[\w-]{20,64}$/, '模板编号是一串字母和数字，请从微信后台复制');
const Mode = z.enum(['once', 'lasting'] satisfies TemplateMode[]);
const Kind = z.enum(templateKinds);
const State = z.enum(messageKinds as [MessageKind, ...MessageKind[]]);

/** A field of the template, such as thing1, and which of our values stands in it. */
const Field = z.object({
  field: z
    .string()
    .trim()
    .regex(/^[a-z_]{4,20}\d{1,3}$/, '字段名写成 thing1 这样，请从微信后台复制'),
  value: z.enum(messageValueNames, '请选择填什么'),
  /** Of an `enum` field: which of the template's own words says each of our states. */
  words: z.array(z.object({ state: State, word: z.string().trim().min(1, '请填写').max(20, '最多 20 个字') })).max(10),
});

const Mapping = z.object({
  /** Null: not in use. */
  templateId: TemplateId.nullable(),
  mode: Mode,
  fields: z.array(Field).max(10, '最多 10 个字段'),
  /** Of its messages those that do not go to WeChat: they stand in the inbox only. */
  leftOut: z.array(State).max(messageKinds.length),
});
/** An app of before does not say what is left out: then it stays as it is. */
const Given = Mapping.partial({ leftOut: true });

const Card = z.object({
  /** Which message it shows. */
  state: State,
  rows: z.array(z.object({ field: z.string(), name: z.string(), words: z.string() })),
});
const checked = {
  /** What keeps the mapping from being used, by field; nothing: it is complete. */
  faults: z.array(z.object({ field: z.string().nullable(), words: z.string() })),
  /** The messages as they would look, filled with an example. */
  cards: z.array(Card),
};
const Checked = z.object(checked).meta({ id: 'CheckedTemplate' });

const Template = Mapping.extend({
  kind: Kind,
  ...checked,
  /** Of what stands: whoever saves says which one he has read. */
  version: z.int(),
  /** WeChat refuses it: since when, its number, in words. Messages wait until it is mended. */
  trouble: z.object({ at: Instant, errcode: z.int(), words: z.string() }).nullable(),
  waiting: z.int(),
  /** Of the last 24 hours: WeChat did not answer, so nobody knows whether they arrived; they are not sent again. */
  unanswered: z.int(),
  /** The last test message of the caller, and what came of it. */
  test: z.object({ at: Instant, words: z.string() }).nullable(),
}).meta({ id: 'MessageTemplate' });

const Ask = z.object({
  templates: z.array(z.object({ templateId: z.string(), words: z.string() })).max(mostAsked),
  /** What saying yes is good for; null where nothing is asked. */
  hint: z.string().nullable(),
});

const Subscription = z
  .object({
    kind: Kind,
    name: z.string(),
    /** What it tells. */
    about: z.string(),
    /** What saying yes is good for: 允许一次，通知一次. */
    hint: z.string(),
    /** How it stands: 还能通知您 2 次。 */
    says: z.string(),
    /** To be asked for by a tap; null where WeChat would not ask, or has been told for good. */
    templateId: z.string().nullable(),
  })
  .meta({ id: 'Subscription' });
const Mine = z.object({ items: z.array(Subscription) });

const OfCounty = z.object({ gridId: Ulid });
const OfTemplate = z.object({ gridId: Ulid, kind: Kind });

export const subscriptionsApi = {
  ask: endpoint({
    method: 'get',
    path: '/subscriptions/ask',
    permission: 'message.read',
    summary: '这时候可以请用户允许哪些订阅消息（最多三个；长期和一次性不混在一起）',
    query: z.object({ moment: z.enum(Object.keys(askMoments) as [AskMoment, ...AskMoment[]]) }),
    reply: Ask.meta({ id: 'AskedTemplates' }),
  }),
  mine: endpoint({
    method: 'get',
    path: '/subscriptions',
    permission: 'message.read',
    summary: '我的微信通知',
    reply: Mine.meta({ id: 'MySubscriptions' }),
  }),
  report: endpoint({
    method: 'post',
    path: '/subscriptions/choices',
    permission: 'message.read',
    summary: '报告用户在微信弹窗里的选择',
    body: z.object({
      actionId: Ulid,
      choices: z
        .array(z.object({ templateId: z.string().max(64), choice: z.enum(subscribeChoices) }))
        .min(1)
        .max(mostAsked),
    }),
    reply: Mine.meta({ id: 'MySubscriptionsNow' }),
  }),
  templates: endpoint({
    method: 'get',
    path: '/settings/:gridId/templates',
    permission: 'setting.change',
    secondFactor: true,
    summary: '县的微信订阅消息模板',
    params: OfCounty,
    reply: z
      .object({
        templates: z.array(Template),
        /** What is odd between them: two of one number, one-time beside long-term. */
        hints: z.array(z.string()),
      })
      .meta({ id: 'MessageTemplates' }),
  }),
  check: endpoint({
    method: 'post',
    path: '/settings/:gridId/templates/:kind/check',
    permission: 'setting.change',
    secondFactor: true,
    summary: '看看填好的模板会是什么样（不保存）',
    params: OfTemplate,
    body: Given,
    reply: Checked,
  }),
  save: endpoint({
    method: 'put',
    path: '/settings/:gridId/templates/:kind',
    permission: 'setting.change',
    secondFactor: true,
    summary: '保存模板编号和字段',
    params: OfTemplate,
    body: Given.extend({ readVersion: z.int() }),
    reply: Template,
  }),
  test: endpoint({
    method: 'post',
    path: '/settings/:gridId/templates/:kind/test',
    permission: 'setting.change',
    secondFactor: true,
    summary: '给自己发一条试试',
    params: OfTemplate,
    body: z.object({ actionId: Ulid }),
    reply: Template,
  }),
};
