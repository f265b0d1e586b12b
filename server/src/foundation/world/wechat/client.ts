/**
 * WeChat's server as the rooms see it: one typed function per call (facts and sources in wechat.md §1–7). The client
 * does not know whether it talks to WeChat or to the stand-in; only the origin differs.
 */
import { Agent, type Dispatcher } from 'undici';
import { z } from 'zod';
import { systemClock, type Clock } from '../clock';
import {
  callWechat,
  WechatFailure,
  type WechatFailureKind,
  type WechatLine,
  type WechatLog,
  type WechatObservation,
  type WechatRequest,
} from './call';
import { makeBreakers } from './breaker';
import { holdToken, keepAlone, type TokenHolder, type TokenStore } from './token';

export const wechatHost = 'https://api.weixin.qq.com';

export interface WechatSession {
  readonly openid: string;
  /** Only when the app is bound to an Open Platform account. */
  readonly unionid?: string;
  // The session_key ends here. It would open what a phone brings under WeChat's seal (encryptedData, signed rawData), and
  // we ask for none of that: the number comes by a code, name and picture are what the person gives us. A key that is
  // neither kept nor handed on needs no lock, is in no backup and cannot be stolen (wechat.md §2, §9; README).
}

/** Where the text will stand: it sets how strict WeChat is. */
export const textScenes = { profile: 1, comment: 2, forum: 3, socialLog: 4 } as const;
export type TextScene = keyof typeof textScenes;

export interface TextVerdict {
  /** review: let a person decide. */
  readonly suggest: 'pass' | 'review' | 'risky';
  /** 100 normal, 10001 advertising, 20001 politics … (wechat.md §6.1). */
  readonly label: number;
  readonly traceId: string;
}

/** What a 小程序码 opens. */
export interface CodeTarget {
  /** 1–32 characters: digits, letters and ``!#$&'()*+,/:;=?@-._~``. */
  readonly scene: string;
  /** Without leading slash and without query. */
  readonly page: string;
  /** Only `release` asks WeChat to look whether the page has been released. */
  readonly envVersion: 'release' | 'trial' | 'develop';
  /** 280–1280 pixels: 430. */
  readonly width?: number;
}

/** What a URL Link opens. */
export interface LinkTarget extends Pick<CodeTarget, 'page' | 'envVersion'> {
  /** As the page reads it, without `?`. */
  readonly query: string;
}

/** 订阅消息: one message to one person (wechat.md §5.1). */
export interface SubscribeMessage {
  readonly openid: string;
  readonly templateId: string;
  /** By the template's own names, such as thing1, each as message-values.ts makes it fit. */
  readonly values: Readonly<Record<string, string>>;
  /** Where a tap leads, query included: `pages/open/index?k=…`. */
  readonly page: string;
}

/** A template of the account: sent by its id, filled by its fields. */
export interface AccountTemplate {
  readonly templateId: string;
  readonly title: string;
  /** Long-term ones are for public services only, and cannot be asked for together with the others. */
  readonly mode: 'once' | 'lasting';
  /** thing1, phrase2 … */
  readonly fields: readonly string[];
}

/** What is to be looked at: WeChat fetches it from the address, for up to 30 minutes. */
export interface CheckedMedia {
  readonly openid: string;
  readonly scene: TextScene;
  readonly url: string;
  readonly kind: 'sound' | 'image';
}

/** A number that WeChat vouches for. */
export interface WechatPhone {
  /** Without the country's code. */
  readonly number: string;
  readonly countryCode: string;
}

export interface WechatOptions {
  /** `https://api.weixin.qq.com`, or the stand-in's address; no path. */
  readonly origin: string;
  readonly appid: string;
  readonly secret: string;
  readonly log: WechatLog;
  /** Which build of the mini-program messages open: the released one. */
  readonly envVersion?: CodeTarget['envVersion'];
  readonly clock?: Clock;
  /** Where all processes keep their one token; left out: this one keeps it for itself. */
  readonly tokens?: TokenStore;
  /** For one call with all its tries: 5 s. */
  readonly timeoutMs?: number;
  readonly backoffMs?: number;
  /** For the metrics: every call, when it has ended. */
  readonly observe?: (seen: WechatObservation) => void;
  /** Instead of our own keep-alive connections; then the giver closes it. */
  readonly dispatcher?: Dispatcher;
}

export interface Wechat {
  /**
   * Exchanges the code of wx.login for the person's session. A code works once and for five minutes, and a lost
   * answer may have spent it: after *any* failure the app must call wx.login again.
   * @throws WechatFailure
   */
  codeToSession(code: string): Promise<WechatSession>;
  /** The access token of this app, the same for all callers. @throws WechatFailure */
  stableToken(): Promise<string>;
  /**
   * Whether WeChat answers, whatever it says: by the one call that changes nothing however often it is made.
   * @throws WechatFailure where no answer came
   */
  reach(): Promise<void>;
  /** Whether the last call of this process, of whatever kind, found nobody. */
  isSilent(): boolean;
  /**
   * Judges up to 2,500 characters by somebody who was in the app within the last two hours.
   * @throws WechatFailure; the text then stays hidden until somebody has looked at it
   */
  checkText(openid: string, scene: TextScene, content: string): Promise<TextVerdict>;
  /**
   * Sends a subscribe message, never twice for one call: `failure.mayBeDone` says whether it may have arrived although no
   * answer came. Two at once to one person are refused (overlapping), so the caller sends them one after the other.
   * @throws WechatFailure
   */
  sendMessage(message: SubscribeMessage): Promise<void>;
  /**
   * Asks for a picture or a sound to be judged; the verdict comes as a push (wxa_media_check) with the trace id that is
   * answered here. @throws WechatFailure
   */
  checkMedia(media: CheckedMedia): Promise<{ traceId: string }>;
  /** A code for paper and posters, without a limit in number: the bytes of a picture (JPEG). @throws WechatFailure */
  unlimitedCode(target: CodeTarget): Promise<Buffer>;
  /**
   * An address that opens the mini-program from any browser, also from WeChat's own, for one day (wechat.md §7). Only
   * `release` asks WeChat to look whether the page has been released. @throws WechatFailure
   */
  urlLink(target: LinkTarget): Promise<string>;
  /**
   * Exchanges the code of the phone button (wechat.md §4): five minutes, one use, only together with the person's own openid.
   * @throws WechatFailure
   */
  phoneNumber(code: string, openid: string): Promise<WechatPhone>;
  /** 订阅消息模板 that stand in the account, as its operator has chosen them in WeChat's console. @throws WechatFailure */
  templates(): Promise<AccountTemplate[]>;
  close(): Promise<void>;
}

export function createWechat(options: WechatOptions): Wechat {
  const { origin, appid, secret, log, clock = systemClock, timeoutMs = 5_000, backoffMs = 200 } = options;
  // Not at the first call: an error about an address quotes the whole of it, secret and code included.
  if (!URL.canParse(origin)) throw new Error('The origin of WeChat is no address');
  const { observe = () => undefined } = options;
  // A signal stops no connecting, so that has its own end.
  const own = { connections: 32, maxResponseSize: 2 ** 20, connect: { timeout: timeoutMs } };
  const ownAgent = options.dispatcher ? null : new Agent(own);
  const dispatcher = options.dispatcher ?? (ownAgent as Agent);
  const line: WechatLine = { origin, dispatcher, timeoutMs, backoffMs, log, observe, breakers: makeBreakers(clock) };

  const fetchToken = () => fetchStableToken(line, { appid, secret });
  const holder = holdToken({ fetchToken, store: options.tokens ?? keepAlone(), clock });

  return {
    codeToSession: (code) => exchangeCode(line, { appid, secret, code }),
    stableToken: () => holder.token(),
    reach: async () => {
      await fetchToken().catch((failure: unknown) => {
        if (!(failure instanceof WechatFailure) || failure.errcode === null) throw failure;
      });
    },
    isSilent: line.breakers.isSilent,
    checkText: async (openid, scene, content) => {
      const body = { version: 2, openid, scene: textScenes[scene], content };
      const request = { call: 'msgSecCheck', path: '/wxa/msg_sec_check', body, reply: verdictReply };
      const reply = await callWithToken(line, holder, request);
      return { suggest: reply.result.suggest, label: reply.result.label, traceId: reply.trace_id };
    },
    sendMessage: async ({ openid, templateId, values, page }) => {
      const data = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
      const state = { release: 'formal', trial: 'trial', develop: 'developer' }[options.envVersion ?? 'release'];
      const body = { touser: openid, template_id: templateId, page, data, miniprogram_state: state, lang: 'zh_CN' };
      const path = '/cgi-bin/message/subscribe/send';
      await callWithToken(line, holder, { call: 'sendSubscribeMessage', path, body, reply: anyReply, once: true });
    },
    checkMedia: async ({ openid, scene, url, kind }) => {
      const media = { media_url: url, media_type: { sound: 1, image: 2 }[kind] };
      const body = { ...media, version: 2, scene: textScenes[scene], openid };
      const request = { call: 'mediaCheckAsync', path: '/wxa/media_check_async', body, reply: acceptedReply };
      return { traceId: (await callWithToken(line, holder, request)).trace_id };
    },
    unlimitedCode: ({ scene, page, envVersion, width = 430 }) => {
      const body = { scene, page, check_path: envVersion === 'release', env_version: envVersion, width };
      const request = { call: 'getUnlimitedQRCode', path: '/wxa/getwxacodeunlimit', body, reply: pictureReply };
      return callWithToken(line, holder, request);
    },
    urlLink: async ({ page, query, envVersion }) => {
      const body = { path: page, query, env_version: envVersion, expire_type: 1, expire_interval: 1 };
      const request = { call: 'generateUrlLink', path: '/wxa/generate_urllink', body, reply: urlLinkReply };
      return (await callWithToken(line, holder, request)).url_link;
    },
    phoneNumber: (code, openid) => exchangePhoneCode(line, holder, { appid, code, openid }),
    templates: async () => {
      const request = { call: 'getTemplates', path: '/wxaapi/newtmpl/gettemplate', reply: templatesReply };
      return (await callWithToken(line, holder, request)).data.map(templateOf);
    },
    close: async () => ownAgent?.close(),
  };
}

const sessionReply = z.object({
  openid: z.string().min(1),
  session_key: z.string().min(1),
  unionid: z.string().optional(),
});
const tokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number() });
const verdictReply = z.object({
  result: z.object({ suggest: z.enum(['pass', 'review', 'risky']), label: z.number() }),
  trace_id: z.string(),
});
const acceptedReply = z.object({ trace_id: z.string().min(1) });
const anyReply = z.object({});
const pictureReply = z.instanceof(Buffer);
const templatesReply = z.object({
  data: z.array(z.object({ priTmplId: z.string(), title: z.string(), content: z.string(), type: z.number() })),
});
const lastingType = 3;

/** `content` is the card as it is chosen: 服务事项:{{thing1.DATA}}, a line for each field. */
const templateOf = ({ priTmplId, title, content, type }: z.infer<typeof templatesReply>['data'][number]) => ({
  ...{ templateId: priTmplId, title, mode: type === lastingType ? ('lasting' as const) : ('once' as const) },
  fields: Array.from(content.matchAll(/\{\{(\w+)\.DATA\}\}/g), ([, field = '']) => field),
});
const urlLinkReply = z.object({ url_link: z.url({ protocol: /^https$/ }) });
const phoneReply = z.object({
  phone_info: z.object({
    purePhoneNumber: z.string().min(1),
    // A string in what WeChat sends now, a number in its older samples.
    countryCode: z.union([z.string(), z.number()]),
    watermark: z.object({ appid: z.string() }),
  }),
});

async function exchangeCode(
  line: WechatLine,
  { appid, secret, code }: { appid: string; secret: string; code: string },
): Promise<WechatSession> {
  const query = { appid, secret, js_code: code, grant_type: 'authorization_code' };
  const request = { call: 'code2Session', path: '/sns/jscode2session', query, reply: sessionReply };
  const reply = await callWechat(line, request).catch((failure: unknown) => Promise.reject(spentByUs(failure)));
  const { openid, unionid } = reply;
  return unionid === undefined ? { openid } : { openid, unionid };
}

/**
 * "Code been used" at a second try most likely means that our first try used it and its answer was lost. That is no
 * fault of the person and no replay, so it counts as what it is: a broken connection.
 */
function spentByUs(failure: unknown): unknown {
  const doubtful = failure instanceof WechatFailure && usedUp.has(failure.kind) && failure.tries > 1;
  if (!doubtful) return failure;
  const { call, errcode, rid, tries } = failure;
  return new WechatFailure({ call, kind: 'network', errcode, rid, tries, mayBeDone: true }, failure);
}

/** A used code of wx.login has a number of its own; that of the phone button is a bad code like any other. */
const usedUp = new Set<WechatFailureKind>(['usedCode', 'badCode']);

async function exchangePhoneCode(
  line: WechatLine,
  holder: TokenHolder,
  { appid, code, openid }: { appid: string; code: string; openid: string },
): Promise<WechatPhone> {
  const body = { code, openid };
  // 40013 says here that the code is another app's (wechat.md §4), and not that our own settings are wrong.
  const means = { 40013: 'badCode' } as const;
  const request = { call: 'getPhoneNumber', path: '/wxa/business/getuserphonenumber', body, reply: phoneReply, means };
  const reply = await callWithToken(line, holder, request).catch((failure: unknown) =>
    Promise.reject(spentByUs(failure)),
  );
  const { purePhoneNumber: number, countryCode, watermark } = reply.phone_info;
  if (watermark.appid !== appid)
    throw new WechatFailure({
      call: request.call,
      kind: 'refused',
      errcode: null,
      rid: null,
      tries: 1,
      mayBeDone: true,
    });
  return { number, countryCode: String(countryCode) };
}

/** With the held token; once more with a new one when WeChat does not take it. */
async function callWithToken<Reply>(
  line: WechatLine,
  holder: TokenHolder,
  request: WechatRequest<Reply>,
): Promise<Reply> {
  const callWith = (token: string): Promise<Reply> =>
    callWechat(line, { ...request, query: { ...request.query, access_token: token } });
  const token = await holder.token();
  try {
    return await callWith(token);
  } catch (failure) {
    if (!(failure instanceof WechatFailure) || failure.kind !== 'staleToken') throw failure;
    return callWith(await holder.replace(token));
  }
}

async function fetchStableToken(
  line: WechatLine,
  { appid, secret }: { appid: string; secret: string },
): Promise<{ token: string; expiresInSeconds: number }> {
  // Never force_refresh: it kills the token that other processes hold.
  const body = { grant_type: 'client_credential', appid, secret };
  const request = { call: 'getStableAccessToken', path: '/cgi-bin/stable_token', body, reply: tokenReply };
  const reply = await callWechat(line, request);
  return { token: reply.access_token, expiresInSeconds: reply.expires_in };
}
