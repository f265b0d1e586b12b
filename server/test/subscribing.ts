import { ulid } from 'ulid';
import type { TemplateKind } from '@sandan/shared/subscriptions/subscription.words';
import { standingsOf } from '../src/foundation/subscribe/credit';
import type { WechatMessageState } from '../src/foundation/subscribe/subscribe.entity';
import { WechatFailure, type WechatFailureKind } from '../src/foundation/world/wechat/call';
import type { SubscribeMessage, Wechat } from '../src/foundation/world/wechat/client';
import { onWechat, templateIdOf } from './message-templates';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

/** What WeChat says instead of taking a message. */
export const failure = (kind: WechatFailureKind, more: Partial<WechatFailure> = {}): WechatFailure =>
  new WechatFailure({
    ...{ call: 'sendSubscribeMessage', kind, errcode: 1, rid: null, tries: 1, mayBeDone: false },
    ...more,
  });

/** WeChat as a test wants it: takes messages, or answers the next ones as it is told. */
export function fakeSending() {
  const sent: SubscribeMessage[] = [];
  const answers: WechatFailure[] = [];
  const underWay = new Map<string, number>();
  const seen = { overlaps: 0 };
  const sendMessage: Wechat['sendMessage'] = async (message) => {
    const now = (underWay.get(message.openid) ?? 0) + 1;
    underWay.set(message.openid, now);
    if (now > 1) seen.overlaps += 1;
    await new Promise((resolve) => setImmediate(resolve));
    underWay.set(message.openid, now - 1);
    const answer = answers.shift();
    if (answer) throw answer;
    sent.push(message);
  };
  return { sent, answers, seen, sendMessage };
}

/** What people of one town have agreed to, and the messages on their way to them. */
export function subscribingIn(server: TestServer, town: Town) {
  const reading = <Row>(sql: string, ...values: (string | Date)[]) =>
    server.world.database.reading.query<Row>(sql, values);
  const reports = (name: PersonName, kind: TemplateKind, choice: 'accept' | 'reject' | 'ban', actionId = ulid()) =>
    town.as(name).ok('subscriptions.report', {
      body: { actionId, choices: [{ templateId: templateIdOf(town, kind), choice }] },
    });
  /** Says yes in WeChat's window so many times; the openid. */
  const agrees = async (name: PersonName, kind: TemplateKind = 'progress', times = 1): Promise<string> => {
    const openid = await onWechat(server, town, name);
    for (let time = 0; time < times; time += 1) await reports(name, kind, 'accept');
    return openid;
  };
  const messages = () =>
    reading<{ kind: string; state: WechatMessageState; reason: string | null }>(
      'SELECT kind, state, reason FROM wechat_message WHERE county_id = ? ORDER BY at, id',
      town.countyId,
    );
  return {
    ...{ reading, reports, agrees, messages },
    write: (sql: string, ...values: (string | Date)[]) =>
      server.world.database.transaction((db) => db.write(sql, values)),
    states: async () => (await messages()).map(({ kind, state }) => `${kind} ${state}`),
    creditOf: async (openid: string, kind: TemplateKind = 'progress') =>
      (await standingsOf(server.world.database.reading, openid)).get(templateIdOf(town, kind))?.credit ?? 0,
  };
}

export type Subscribing = ReturnType<typeof subscribingIn>;
