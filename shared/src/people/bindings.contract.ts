import { z } from 'zod';
import { endpoint } from '../endpoint';
import { ActionId, Instant, MaskedName, MaskedPhone, Page, Phone, Ulid, keys, pageOf, text } from '../schemas';
import { bindingLifecycle } from './binding.lifecycle';
import { bindingKinds, bindingLimits, bindingProofs } from './binding.words';

const BindingId = z.object({ bindingId: Ulid });
const Key = z.string().regex(/^[\w-]{1,64}$/, '门牌码不对');
const State = z.enum(keys(bindingLifecycle.states));
const Action = z.enum(keys(bindingLifecycle.actions));

/** Somebody who may be meant: no more of the name than its ends. */
const Choice = z.object({ personId: Ulid, name: MaskedName });

/** Where a person stands on the way home. It says nothing about who is on the roster and who is not. */
export const BindingStanding = z
  .object({
    isHome: z.boolean(),
    phone: MaskedPhone.nullable(),
    /** 您是谁？ Empty: nobody to choose from. */
    choices: z.array(Choice),
    request: z
      .object({
        bindingId: Ulid,
        state: State,
        stateName: z.string(),
        askedAt: Instant,
        /** Of whoever refused. */
        words: z.string().nullable(),
        allows: z.array(Action),
      })
      .nullable(),
  })
  .meta({ id: 'BindingStanding' });

const card = {
  bindingId: Ulid,
  kind: z.enum(keys(bindingKinds)),
  kindName: z.string(),
  state: State,
  stateName: z.string(),
  askedAt: Instant,
  place: z.string(),
  phone: MaskedPhone.nullable(),
  allows: z.array(Action),
};
export const BindingCard = z.object(card).meta({ id: 'BindingCard' });
export const BindingDetail = z
  .object({
    ...card,
    /** As the newcomer typed them. */
    saidHead: z.string().nullable(),
    saidDoor: z.string().nullable(),
    /** The household that fits; the worker may also find another one. */
    householdId: Ulid.nullable(),
    candidates: z.array(
      Choice.extend({ relationName: z.string().nullable(), door: z.string().nullable(), isBound: z.boolean() }),
    ),
    proofName: z.string().nullable(),
    /** 家里人说不认识他: the worker's yes then wants the liaison's, too. */
    isDoubted: z.boolean(),
    confirmedBy: z.string().nullable(),
    words: z.string().nullable(),
  })
  .meta({ id: 'BindingDetail' });

/** Somebody says that he is of the reader's own house; only who of it is not in the app yet may be meant. */
const FamilyRequest = z.object({
  bindingId: Ulid,
  askedAt: Instant,
  phone: MaskedPhone.nullable(),
  candidates: z.array(Choice.extend({ relationName: z.string().nullable() })),
});
export const FamilyRequests = z.object({ items: z.array(FamilyRequest) }).meta({ id: 'FamilyRequests' });

const Words = text(bindingLimits.words);

export const bindingsApi = {
  demoPhone: endpoint({
    method: 'post',
    path: '/bindings/demo-phone',
    permission: 'binding.ask',
    summary: '演示：像微信手机号按钮那样给出一个 code',
    demoOnly: true,
    body: z.object({ phone: Phone }),
    reply: z.object({ code: z.string() }),
  }),
  mine: endpoint({
    method: 'get',
    path: '/bindings/mine',
    permission: 'binding.ask',
    summary: '我绑定到哪一步了',
    reply: BindingStanding,
  }),
  phone: endpoint({
    method: 'post',
    path: '/bindings/phone',
    permission: 'binding.ask',
    summary: '绑定手机（微信手机号按钮的 code）',
    body: ActionId.extend({ code: z.string('缺少手机号凭证').min(1, '缺少手机号凭证').max(200, '手机号凭证不对') }),
    reply: BindingStanding,
  }),
  door: endpoint({
    method: 'post',
    path: '/bindings/door',
    permission: 'binding.ask',
    summary: '扫门牌码：这一户里您是谁',
    body: z.object({ key: Key }),
    reply: BindingStanding,
  }),
  choose: endpoint({
    method: 'post',
    path: '/bindings/choose',
    permission: 'binding.ask',
    summary: '“我是王*英”，或“都不是”',
    body: ActionId.extend({
      /** Null: none of these. */
      personId: Ulid.nullable(),
      /** Where the choice came by a door code. */
      key: Key.optional(),
      /** 换了手机或微信: the one who is bound to another account is me. */
      isRebinding: z.boolean().default(false),
    }),
    reply: BindingStanding,
  }),
  ask: endpoint({
    method: 'post',
    path: '/bindings/ask',
    permission: 'binding.ask',
    summary: '报户主姓名和门牌，请网格员核实',
    body: ActionId.extend({
      gridId: Ulid,
      headName: text(bindingLimits.headName, '请填户主姓名'),
      door: text(bindingLimits.door, '请填门牌号'),
      isRebinding: z.boolean().default(false),
    }),
    reply: BindingStanding,
  }),
  withdraw: endpoint({
    method: 'post',
    path: '/bindings/:bindingId/withdraw',
    permission: 'binding.withdraw',
    summary: '撤回请求',
    params: BindingId,
    body: ActionId,
    reply: BindingStanding,
  }),
  list: endpoint({
    method: 'get',
    path: '/bindings',
    permission: 'binding.read',
    summary: '等我核实的绑定',
    query: Page.extend({ stage: z.enum(['open', 'closed']).default('open') }),
    reply: pageOf(BindingCard),
  }),
  // Before the one with an id in its place.
  family: endpoint({
    method: 'get',
    path: '/bindings/family',
    permission: 'binding.vouch',
    summary: '说是我家里人的（等家里人认一认）',
    reply: FamilyRequests,
  }),
  read: endpoint({
    method: 'get',
    path: '/bindings/:bindingId',
    permission: 'binding.read',
    summary: '一个绑定请求',
    params: BindingId,
    reply: BindingDetail,
  }),
  confirm: endpoint({
    method: 'post',
    path: '/bindings/:bindingId/confirm',
    permission: 'binding.read',
    summary: '核实是本人',
    params: BindingId,
    body: ActionId.extend({ personId: Ulid, proof: z.enum(keys(bindingProofs), '请选择怎么核实的') }),
    reply: BindingDetail,
  }),
  vouch: endpoint({
    method: 'post',
    path: '/bindings/:bindingId/vouch',
    permission: 'binding.vouch',
    summary: '是家里人（只能认自己这一户的，网格员会知道）',
    params: BindingId,
    body: ActionId.extend({ personId: Ulid }),
    reply: z.object({ state: State, stateName: z.string() }),
  }),
  doubt: endpoint({
    method: 'post',
    path: '/bindings/:bindingId/doubt',
    permission: 'binding.doubt',
    summary: '不认识（交给网格员核实）',
    params: BindingId,
    body: ActionId,
    reply: z.object({ state: State, stateName: z.string() }),
  }),
  approve: endpoint({
    method: 'post',
    path: '/bindings/:bindingId/approve',
    permission: 'binding.approve',
    summary: '上级同意（有职务的人、有争议的）',
    params: BindingId,
    body: ActionId,
    reply: BindingDetail,
  }),
  refuse: endpoint({
    method: 'post',
    path: '/bindings/:bindingId/refuse',
    permission: 'binding.read',
    summary: '不通过，说明原因',
    params: BindingId,
    body: ActionId.extend({ words: Words }),
    reply: BindingDetail,
  }),
};
