import { ulid } from 'ulid';
import { pushSignature } from '../../src/foundation/world/wechat/push-cipher';
import type { Client } from '../client';
import { eventOf, sealedPush, secondsNow, secretsOf } from '../wechat-pushes';
import { call, outcomeOf, type MakeScene, type Scenes, type Stage } from './stage';

const attempt = async (client: Client, method: string, query: Record<string, string>, body?: string) => {
  const response = await client.raw(method, `/api/wechat/push?${new URLSearchParams(query)}`, body ? { body } : {});
  const { ok, status, headers } = response;
  const text = await response.text();
  return outcomeOf({ status, headers, ...(ok ? { data: text } : { problem: JSON.parse(text) as never }) });
};

const asking =
  (forge: boolean): MakeScene =>
  async ({ server }: Stage) => {
    const signed = { timestamp: String(secondsNow(server)), nonce: ulid() };
    const { token } = secretsOf(server);
    const signature = pushSignature(forge ? `${token}x` : token, signed);
    return { attempt: (client) => attempt(client, 'GET', { ...signed, signature, echostr: '123' }) };
  };

const pushing =
  (forge: boolean): MakeScene =>
  async ({ server }: Stage) => ({
    attempt: (client) => {
      const token = forge ? { token: 'somebodyElse' } : {};
      const { query, body } = sealedPush(server, eventOf(server, 'debug_demo', ulid()), token);
      return attempt(client, 'POST', query, body);
    },
  });

export const wechatScenes = {
  'wechat.state': async () => ({ attempt: (client) => call(client, 'wechat.state', {}) }),
  'wechat.checkAddress': asking(false),
  'wechat.checkAddress unsigned': asking(true),
  'wechat.push': pushing(false),
  'wechat.push unsigned': pushing(true),
} satisfies Scenes;
