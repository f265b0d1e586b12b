import { errcodeWords, noAnswer } from '@sandan/shared/wechat/errcodes.words';
import type { Config } from '../../foundation/config';
import { WechatFailure } from '../../foundation/world/wechat/call';
import type { Wechat } from '../../foundation/world/wechat/client';
import { pushSignature } from '../../foundation/world/wechat/push-cipher';

/** One thing that was tried, in words for the clerk at the server. */
export interface Checked {
  readonly what: string;
  readonly isWell: boolean;
  readonly words: string;
}

/** Whether the four settings are the right ones: WeChat is asked for a token, and our own door as WeChat would ask it. */
export const checkConnection = async (config: Config, wechat: Pick<Wechat, 'stableToken'>): Promise<Checked[]> => [
  settingsOf(config),
  await tokenOf(wechat),
  await pushAddressOf(config),
];

const settingsOf = ({ mode, wechat: { appid } }: Config): Checked =>
  mode === 'production'
    ? { what: '设置', isWell: true, words: `AppID 是 ${appid}` }
    : {
        ...{ what: '设置', isWell: false },
        words: '现在是演示，没有接真的微信。正式运行要设 SANDAN_MODE=production 和四项微信设置（README）。',
      };

async function tokenOf(wechat: Pick<Wechat, 'stableToken'>): Promise<Checked> {
  const what = '取访问凭证';
  try {
    await wechat.stableToken();
    return { what, isWell: true, words: '成功，微信认得 AppID、AppSecret 和这台服务器的地址' };
  } catch (failure) {
    if (!(failure instanceof WechatFailure)) throw failure;
    const { errcode, rid, address } = failure;
    const { meaning, todo } = errcode === null ? noAnswer : errcodeWords(errcode);
    const number = errcode === null ? '' : `（${errcode}${rid === null ? '' : `，编号 ${rid}`}）`;
    return { what, isWell: false, words: `${meaning}${number}。${todo}${address ? `要加的地址：${address}` : ''}` };
  }
}

const echo = '20260915';

/** Over its public address, as WeChat comes: so that a proxy, a certificate or a wrong name shows. */
async function pushAddressOf({ origin, wechat: { pushToken } }: Config): Promise<Checked> {
  const what = '消息推送地址';
  if (origin === null) return { what, isWell: false, words: '没有设 SANDAN_ORIGIN（对外的网址），不知道微信从哪里来' };
  const address = `${origin}/api/wechat/push`;
  const signed = { timestamp: String(Math.floor(Date.now() / 1_000)), nonce: 'check' };
  const query = new URLSearchParams({ ...signed, signature: pushSignature(pushToken, signed), echostr: echo });
  try {
    const response = await fetch(`${address}?${query}`, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    if (response.ok && (await response.text()) === echo) return { what, isWell: true, words: `${address} 答对了` };
    return {
      ...{ what, isWell: false },
      words: `${address} 答得不对（HTTP ${response.status}）。请查网址指向的是不是这个系统，令牌（WECHAT_PUSH_TOKEN）和时钟对不对。`,
    };
  } catch {
    // Whatever it was, name, certificate or port: the clerk looks in the same places.
    return { what, isWell: false, words: `${address} 打不开。请查域名、证书、防火墙，系统是不是在运行。` };
  }
}
