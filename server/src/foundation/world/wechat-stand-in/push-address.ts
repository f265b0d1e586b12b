import { createHash, randomBytes } from 'node:crypto';
import { pushSignature, sealPush } from '../wechat/push-cipher';
import { asJson, asXml, xmlOf, type Envelope, type WechatEvent } from './push-message';

/** 消息推送 in WeChat's console: where to, in which form, and with which secrets. */
export interface PushAddress {
  readonly url: string;
  readonly token: string;
  readonly encodingAesKey: string;
  readonly mode: 'plain' | 'compatible' | 'safe';
  readonly format: 'json' | 'xml';
  /** How long WeChat waits for the answer: 5 s. */
  readonly timeoutMs?: number;
  /** Every push leaves when it is due. Otherwise they wait for `deliverPushes`: a test says when. */
  readonly byItself?: boolean;
}

/** A push that is none of WeChat's: the receiver must not believe it. */
export type Spoilt = 'signature' | 'appid' | 'cipher';

export interface PushAnswer {
  readonly status: number | null;
  readonly body: string | null;
}

interface Sender {
  readonly appid: string;
  readonly address: PushAddress;
}

const mostTries = 3;
const hosts = ['127.0.0.1', 'localhost', '[::1]'];

export const originalId = (appid: string): string =>
  `gh_${createHash('sha256').update(appid).digest('hex').slice(0, 12)}`;

/** The GET by which the console tries an address out: whether it sent the echo back unchanged. */
export async function tryAddress(
  { address }: Sender,
  { at, spoilt }: { at: number; spoilt?: 'signature' | undefined },
): Promise<PushAnswer & { taken: boolean }> {
  const echostr = randomBytes(10).toString('hex');
  const query = { ...signed(address, at, spoilt === 'signature'), echostr };
  const answer = await ask(address, query);
  return { ...answer, taken: answer.status === 200 && answer.body === echostr };
}

/** Up to three tries: WeChat takes nothing but `success` or an empty body of HTTP 200 for an answer. */
export async function deliver(
  sender: Sender,
  event: WechatEvent,
  { at, spoilt }: { at: number; spoilt?: Spoilt | undefined },
): Promise<PushAnswer & { tries: number; taken: boolean }> {
  for (let tries = 1; ; tries++) {
    const answer = await ask(sender.address, ...requestOf(sender, event, at, spoilt));
    const taken = answer.status === 200 && (answer.body === 'success' || answer.body === '');
    if (taken || tries === mostTries) return { ...answer, tries, taken };
  }
}

type Signed = { timestamp: string; nonce: string; signature: string };

function signed({ token }: PushAddress, at: number, wrongly: boolean): Signed {
  const timestamp = String(Math.floor(at / 1_000));
  const nonce = String(randomBytes(4).readUInt32BE());
  return { timestamp, nonce, signature: pushSignature(wrongly ? `${token}x` : token, { timestamp, nonce }) };
}

function requestOf(
  { appid, address }: Sender,
  event: WechatEvent,
  at: number,
  spoilt?: Spoilt,
): [query: Record<string, string>, body: string] {
  const envelope: Envelope = { to: originalId(appid), at: Math.floor(at / 1_000) };
  const query = { ...signed(address, at, spoilt === 'signature'), openid: event.openid };
  const isXml = address.format === 'xml';
  const plain = isXml ? asXml(event, envelope) : JSON.stringify(asJson(event, envelope));
  if (address.mode === 'plain') return [query, plain];

  const { token, encodingAesKey } = address;
  const sealed = sealPush({ token, encodingAesKey, appid: spoilt === 'appid' ? 'wx0000000000000000' : appid }, plain);
  const encrypted = spoilt === 'cipher' ? Buffer.from(sealed, 'base64').reverse().toString('base64') : sealed;
  const wrongly = spoilt === 'signature' ? `${token}x` : token;
  const secret = { encrypt_type: 'aes', msg_signature: pushSignature(wrongly, query, encrypted) };
  const beside = address.mode === 'compatible';
  return [
    { ...query, ...secret },
    isXml ? sealedXml(encrypted, envelope, beside && plain) : sealedJson(encrypted, envelope, beside && plain),
  ];
}

/** Compatible mode carries the plain fields beside the sealed ones. */
const sealedJson = (encrypted: string, { to }: Envelope, plain: string | false): string =>
  JSON.stringify({ ToUserName: to, ...(plain === false ? {} : (JSON.parse(plain) as object)), Encrypt: encrypted });

const sealedXml = (encrypted: string, { to }: Envelope, plain: string | false): string =>
  plain === false
    ? xmlOf({ xml: { ToUserName: to, Encrypt: encrypted } })
    : plain.replace(/<\/xml>$/, `${xmlOf({ Encrypt: encrypted })}</xml>`);

async function ask(address: PushAddress, query: Record<string, string>, body?: string): Promise<PushAnswer> {
  const { url, format, timeoutMs = 5_000 } = address;
  if (!hosts.includes(new URL(url).hostname))
    throw new Error(`The stand-in speaks to this machine only, not to ${url}`);
  const type = format === 'xml' ? 'text/xml' : 'application/json';
  const sent = body === undefined ? {} : { method: 'POST', headers: { 'content-type': type }, body };
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await fetch(`${url}?${new URLSearchParams(query)}`, { ...sent, signal, redirect: 'manual' });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return { status: null, body: null }; // nobody there, or too late
  }
}
