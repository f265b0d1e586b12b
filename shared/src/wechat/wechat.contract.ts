import { z } from 'zod';
import { endpoint, file, textBody } from '../endpoint';
import { Instant } from '../schemas';
import { whoActs, type WhoActs } from './errcodes.words';

/** Seconds since 1970, and a number of WeChat's choice: both stand under its signature. */
const signed = {
  timestamp: z.string().max(20).default(''),
  nonce: z.string().max(40).default(''),
};
const signature = z.string().max(64).default('');
const answer = file({ noList: '给微信服务器的一个词' }, 'text/plain');

const Counts = z.object({ ok: z.int(), failed: z.int() });
const Failure = z.object({
  /** WeChat's number; null where no answer could be read. */
  errcode: z.int().nullable(),
  times: z.int(),
  meaning: z.string(),
  todo: z.string(),
  who: z.enum(Object.keys(whoActs) as [WhoActs, ...WhoActs[]]),
  whoWords: z.string(),
  lastAt: Instant,
  /** By which WeChat's support finds it. */
  rid: z.string().nullable(),
  /** Of this server, as WeChat saw it: to be put on its list. */
  address: z.string().nullable(),
});

/** 微信接入, as its operator sees it: of all processes together, at most ten seconds old. */
const WechatState = z
  .object({
    alarms: z.array(z.object({ title: z.string(), words: z.string() })),
    settings: z.array(z.object({ name: z.string(), label: z.string(), isReal: z.boolean() })),
    appid: z.string(),
    /** Where WeChat is to send its pushes; null while the server does not know its own address. */
    pushAddress: z.string().nullable(),
    tokenUntil: Instant.nullable(),
    calls: z.array(
      z.object({
        call: z.string(),
        name: z.string(),
        hour: Counts,
        day: Counts,
        lastOkAt: Instant.nullable(),
        /** Of the last day, the latest first. */
        failures: z.array(Failure),
      }),
    ),
    /** Of the last day. */
    pushes: z.object({
      taken: z.int(),
      repeated: z.int(),
      unknown: z.int(),
      failed: z.int(),
      /** Failed, and not even kept. */
      lost: z.int(),
      /** Failed on whatever day, and still to be done. */
      waiting: z.int(),
      waitingSince: Instant.nullable(),
      lastTakenAt: Instant.nullable(),
      refused: z.array(z.object({ words: z.string(), times: z.int(), lastAt: Instant })),
    }),
    /** 订阅消息模板 of each county: whether they are filled in, and whether WeChat takes messages by them. */
    templates: z.array(
      z.object({
        county: z.string(),
        name: z.string(),
        state: z.enum(['missing', 'faulty', 'ready', 'proved']),
        words: z.string(),
        /** Within a week. */
        lastTakenAt: Instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'WechatState' });

export const wechatApi = {
  state: endpoint({
    method: 'get',
    path: '/wechat/state',
    permission: 'wechat.read',
    summary: '微信接入的情况',
    reply: WechatState,
  }),
  checkAddress: endpoint({
    method: 'get',
    path: '/wechat/push',
    permission: 'anyone',
    summary: '微信核对消息推送的地址',
    query: z.object({ ...signed, signature, echostr: z.string().max(128).default('') }),
    reply: answer,
  }),
  push: endpoint({
    method: 'post',
    path: '/wechat/push',
    permission: 'anyone',
    summary: '微信的消息推送（安全模式，JSON 或 XML）',
    // What else stands there (signature, openid, encrypt_type) proves nothing about the body, and is not looked at.
    query: z.object({ ...signed, msg_signature: signature }),
    body: textBody(64 * 1024, 'application/json', 'text/xml'),
    reply: answer,
  }),
};
