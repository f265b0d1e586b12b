import { z } from 'zod';
import { Problem } from '@sandan/shared/problems';
import { parseJson } from '../../http/body';
import { PushRefused } from './push-cipher';
import type { WechatPush } from './push-handler';
import { readPushXml } from './push-xml';

type Fields = Record<string, unknown>;

const Sealed = z.object({ Encrypt: z.string().min(1) });

/** `Encrypt` of a push as it came, JSON or XML. @throws PushRefused */
export function sealedIn(body: string): string {
  const sealed = Sealed.safeParse(fieldsOf(body));
  if (!sealed.success) throw new PushRefused('open');
  return sealed.data.Encrypt;
}

const code = z.string().regex(/^[\w.-]{1,60}$/);
const identity = z.string().regex(/^[\w-]{1,64}$/);
/** Numbers in JSON, text in XML. */
const seconds = z.union([z.number(), z.string().regex(/^\d{1,12}$/)]).transform(Number);
const Message = z.object({
  FromUserName: identity,
  CreateTime: seconds.pipe(z.int().min(0).max(9_999_999_999)),
  MsgType: code,
  Event: code.optional(),
  OpenID: identity.optional(),
});

/** What was under the seal. @throws PushRefused */
export function readPush(text: string): WechatPush {
  const fields = normalised(fieldsOf(text));
  const message = Message.safeParse(fields);
  if (!message.success) throw new PushRefused('form');
  const { Event, MsgType, OpenID, FromUserName, CreateTime } = message.data;
  // What a person writes to us has a type and no event.
  const event = Event ?? MsgType;
  return { event, openid: OpenID ?? FromUserName, at: new Date(CreateTime * 1_000), fields };
}

function fieldsOf(text: string): Fields {
  const read = text.trimStart().startsWith('<') ? readPushXml(text) : readJson(text);
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw new PushRefused('form');
  return read as Fields;
}

function readJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Problem) throw new PushRefused('form');
    throw error;
  }
}

/** XML wraps the list of what happened to subscriptions (wechat.md §5.5); JSON does not. */
const wrappers = ['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent'];
/** One of them comes as an object, several as an array. */
const lists = ['List', 'detail'];

function normalised(fields: Fields): Fields {
  const wrapped = wrappers.map((name) => fields[name]).find((each) => typeof each === 'object' && each !== null);
  const flat: Fields = { ...fields, ...wrapped };
  const several = lists.filter((name) => flat[name] !== undefined && !Array.isArray(flat[name]));
  return { ...flat, ...Object.fromEntries(several.map((name) => [name, [flat[name]]])) };
}
