import type { AppControl } from '../src/foundation/world/wechat-stand-in/control';

export type WechatReply = Record<string, unknown> & { errcode?: number; errmsg?: string; access_token: string };

/** WeChat as a plain HTTP caller sees it, without our client: for the tests of its stand-in. */
export function wechatCaller(standIn: () => AppControl, app: { appid: string; secret: string }) {
  async function ask(path: string, body?: unknown) {
    const init =
      body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(`${standIn().origin}${path}`, init);
    const { status, headers } = response;
    return { type: headers.get('content-type'), status, reply: (await response.json()) as WechatReply };
  }
  const takeToken = async (): Promise<string> =>
    (await ask('/cgi-bin/stable_token', { grant_type: 'client_credential', ...app })).reply.access_token;
  /** With a token; the answer of WeChat. */
  const call = async (path: string, body?: unknown): Promise<WechatReply> =>
    (await ask(`${path}${path.includes('?') ? '&' : '?'}access_token=${await takeToken()}`, body)).reply;
  return { ask, takeToken, call };
}
