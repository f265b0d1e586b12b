import { randomBytes } from 'node:crypto';
import { pushSignature, sealPush, type PushSecrets } from '../src/foundation/world/wechat/push-cipher';
import type { TestServer } from './server';

/** Pushes as WeChat sends them, made with the settings and the clock of that server. */

export const secretsOf = ({ world }: TestServer): PushSecrets => {
  const { pushToken: token, pushKey: encodingAesKey, appid } = world.config.wechat;
  return { token, encodingAesKey, appid };
};

export const secondsNow = ({ clock }: TestServer): number => Math.floor(clock.now() / 1_000);

/** An event about this person, as it stands under the seal. */
export const eventOf = (server: TestServer, event: string, openid: string, further: object = {}): object => ({
  ...{ ToUserName: 'gh_000000000000', FromUserName: openid, CreateTime: secondsNow(server) },
  ...{ MsgType: 'event', Event: event, ...further },
});

interface Sealed {
  query: Record<string, string>;
  body: string;
}

/** Query and body; each may be spoilt before it is sent. */
export function sealedPush(
  server: TestServer,
  message: object | string,
  given: Partial<PushSecrets> & { at?: number } = {},
): Sealed {
  const secrets = { ...secretsOf(server), ...given };
  const Encrypt = sealPush(secrets, typeof message === 'string' ? message : JSON.stringify(message));
  const signed = { timestamp: String(given.at ?? secondsNow(server)), nonce: randomBytes(6).toString('hex') };
  const query = {
    ...signed,
    ...{ signature: pushSignature(secrets.token, signed), encrypt_type: 'aes' },
    msg_signature: pushSignature(secrets.token, signed, Encrypt),
  };
  return { query, body: JSON.stringify({ ToUserName: 'gh_000000000000', Encrypt }) };
}

export const sendPush = ({ url }: TestServer, { query, body }: Sealed): Promise<Response> =>
  fetch(`${url}/api/wechat/push?${new URLSearchParams(query)}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });

/** Sends what must be taken. */
export async function push(server: TestServer, event: string, openid: string, further: object = {}): Promise<void> {
  const response = await sendPush(server, sealedPush(server, eventOf(server, event, openid, further)));
  const answer = await response.text();
  if (answer !== 'success') throw new Error(`the push ${event} was answered ${response.status} ${answer}`);
}
