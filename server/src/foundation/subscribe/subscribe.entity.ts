import type {
  TemplateKind,
  TemplateMode,
  MessageKind,
  MessageValue,
  SubscribeChoice,
} from '@sandan/shared/subscriptions/subscription.words';
import { Entity } from 'typeorm';
import { Code, CodeId, Flag, Id, Int, Json, OptionalRef, Ref, Time } from '../database/columns';

/** A field of WeChat's template and which of our values stands in it; `words` for an `enum`: our state → the template's word. */
export interface TemplateField {
  readonly field: string;
  readonly value: MessageValue;
  readonly words: readonly { readonly state: MessageKind; readonly word: string }[];
}

/** 模板: which template of the account each of our three is, per county (wechat.md §5.1). */
@Entity('message_template')
export class MessageTemplate {
  @Id('county_id') countyId!: string;
  @CodeId('kind', 10) kind!: TemplateKind;
  /** Null: not in use. */
  @Code('template_id', 64, true) templateId!: string | null;
  @Code('mode', 10) mode!: TemplateMode;
  @Json('fields') fields!: readonly TemplateField[];
  /** Messages of this kind that the county does not send by WeChat. */
  @Json('left_out') leftOut!: readonly MessageKind[];
  @Int('version') version!: number;
  /** Nothing of it is sent before then: a quota is used up, WeChat is away, or refuses our settings. */
  @Time('held_until', true) heldUntil!: Date | null;
  /** How often in a row WeChat did not answer: one message at a time looks whether it is back. */
  @Int('silent') silent!: number;
  /** What WeChat said of it last, for the administrator; gone with the next message that is taken, or once it is saved. */
  @Int('fault_errcode', true) faultErrcode!: number | null;
  @Code('fault_field', 40, true) faultField!: string | null;
  @Time('fault_at', true) faultAt!: Date | null;
}

/** What one WeChat account has agreed to about one template: credit.ts says how it is counted. */
@Entity('subscription')
export class Subscription {
  @CodeId('openid', 64) openid!: string;
  @CodeId('template_id', 64) templateId!: string;
  /** Acceptances that the app has told. */
  @Int('by_app') byApp!: number;
  /** Acceptances that WeChat has pushed. */
  @Int('by_push') byPush!: number;
  /** Messages that were charged to them. */
  @Int('used') used!: number;
  /** 长期: as many as we like. */
  @Flag('lasting') lasting!: number;
  @Code('choice', 10, true) choice!: SubscribeChoice | null;
  @Time('chosen_at', true) chosenAt!: Date | null;
}

/** An app's report that was taken: its id is the caller's actionId, so that a repeat counts nothing twice. */
@Entity('subscription_report')
export class SubscriptionReport {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Time('at') at!: Date;
}

/**
 * waiting   to be sent, at `next_at` or later
 * sending   a process is at it; left behind by one that was killed it becomes unknown
 * sent      WeChat has taken it
 * unknown   no answer came: it may have arrived, so it is not sent again (a repeat would annoy and cost consent)
 * noCredit  the person has no consent left; the inbox has it
 * refused   WeChat does not take it, whatever we do
 * dropped   no longer true, or too old
 */
export type WechatMessageState = 'waiting' | 'sending' | 'sent' | 'unknown' | 'noCredit' | 'refused' | 'dropped';

/**
 * A message on its way to WeChat, beside the one in the inbox and written in the same transaction. It holds ids only: what
 * it says is made when it is sent, of what is true then. Unique by (person, template, once_key).
 */
@Entity('wechat_message')
export class WechatMessage {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Ref('county_id') countyId!: string;
  @OptionalRef('town_id') townId!: string | null;
  @Code('template', 10) template!: TemplateKind;
  @Code('kind', 20) kind!: MessageKind | 'test';
  /** The event, or what it is told about only once. */
  @Code('once_key', 40) onceKey!: string;
  @Ref('event_id') eventId!: string;
  @OptionalRef('order_id') orderId!: string | null;
  @Code('state', 10) state!: WechatMessageState;
  @Code('reason', 20, true) reason!: string | null;
  @Int('errcode', true) errcode!: number | null;
  @Time('at') at!: Date;
  @Time('next_at') nextAt!: Date;
  @Time('expires_at') expiresAt!: Date;
  @Int('attempts') attempts!: number;
  /** To whom and by which template it went, as WeChat's push about it names them. */
  @Code('openid', 64, true) openid!: string | null;
  @Code('template_id', 64, true) templateId!: string | null;
  /** The person while it is being sent: unique, so that nobody is sent two at once (43108). */
  @OptionalRef('in_flight_of') inFlightOf!: string | null;
  /** By the database's clock. */
  @Time('leased_until', true) leasedUntil!: Date | null;
  @Time('called_at', true) calledAt!: Date | null;
  /** WeChat's push has told how it ended. */
  @Time('confirmed_at', true) confirmedAt!: Date | null;
  @Time('ended_at', true) endedAt!: Date | null;
}
