/** What every call of WeChat's platform has in common; each area of the platform is a file beside this one. */

export interface PlatformApp {
  readonly appid: string;
  readonly secret: string;
}

export interface PlatformRequest {
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One call: the fields it knows, the type in which it answers, and what it answers. */
export interface PlatformCall {
  readonly fields: readonly string[];
  readonly contentType: string;
  /** Where a refusal comes in another type than the answer. */
  readonly refusalType?: string;
  readonly needsToken: boolean;
  /** An object goes out as JSON, a Buffer as the picture it is. @throws Refusal */
  answer(request: PlatformRequest): object | Promise<object>;
  /** Fields within fields that WeChat does not know, as 'data.thing1.color'. */
  strangers?(body: PlatformRequest['body']): string[];
}

/** By method and path: 'GET /sns/jscode2session'. */
export type PlatformCalls = Readonly<Record<string, PlatformCall>>;

export const jsonType = 'application/json; encoding=utf-8';

/** A logical error; it travels as HTTP 200. */
export class Refusal extends Error {
  readonly errcode: number;

  constructor(errcode: number, errmsg: string) {
    super(errmsg);
    this.errcode = errcode;
  }
}

export function checkApp(app: PlatformApp, given: Readonly<Record<string, unknown>>): void {
  if (!given.appid) throw new Refusal(41002, 'appid missing');
  if (given.appid !== app.appid) throw new Refusal(40013, 'invalid appid');
  if (!given.secret) throw new Refusal(41004, 'appsecret missing');
  if (given.secret !== app.secret) throw new Refusal(40125, 'invalid appsecret');
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
