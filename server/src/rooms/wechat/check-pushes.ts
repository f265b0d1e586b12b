import type { Config } from '../../foundation/config';
import { pushSignature, sealPush } from '../../foundation/world/wechat/push-cipher';
import type { Checked } from './checked';
import { probeEvent } from './pushes.service';

const echo = '20260915';

/**
 * Our own door over its public address, as WeChat comes there: by the console's question and by a sealed push. So that a
 * proxy, a certificate, a wrong name shows, and a service that runs with other settings than this command.
 */
export async function checkPushes(config: Config, now: Date): Promise<Checked[]> {
  const what = '消息推送地址';
  const { origin } = config;
  if (origin === null)
    return [{ what, isWell: false, words: '没有设 SANDAN_ORIGIN（对外的网址），不知道微信从哪里来' }];
  const door = await askDoor(`${origin}/api/wechat/push`, config, now);
  return [
    { what, ...door },
    ...(door.isWell ? [{ what: '消息推送密钥', ...(await pushToDoor(`${origin}/api/wechat/push`, config, now)) }] : []),
  ];
}

type Outcome = Omit<Checked, 'what'>;

const signedNow = (now: Date) => ({ timestamp: String(Math.floor(now.getTime() / 1_000)), nonce: 'check' });

async function askDoor(address: string, { wechat: { pushToken } }: Config, now: Date): Promise<Outcome> {
  const signed = signedNow(now);
  const query = { ...signed, signature: pushSignature(pushToken, signed), echostr: echo };
  const answer = await answerOf(address, query);
  if (answer === null) return { isWell: false, words: `${address} 打不开。请查域名、证书、防火墙，系统是不是在运行。` };
  if (answer.status === 200 && answer.text === echo) return { isWell: true, words: `${address} 答对了` };
  const words = `${address} 答得不对（HTTP ${answer.status}）。请查网址指向的是不是这个系统，令牌（WECHAT_PUSH_TOKEN）和时钟对不对，改了设置有没有重启。`;
  return { isWell: false, words };
}

async function pushToDoor(address: string, { wechat }: Config, now: Date): Promise<Outcome> {
  const signed = signedNow(now);
  const { pushToken: token, pushKey: encodingAesKey, appid } = wechat;
  const message = { ToUserName: 'gh_check', FromUserName: 'check', CreateTime: Number(signed.timestamp) };
  const event = JSON.stringify({ ...message, MsgType: 'event', Event: probeEvent });
  const Encrypt = sealPush({ token, encodingAesKey, appid }, event);
  const query = { ...signed, encrypt_type: 'aes', msg_signature: pushSignature(token, signed, Encrypt) };
  const answer = await answerOf(address, query, JSON.stringify({ ToUserName: 'gh_check', Encrypt }));
  if (answer?.status === 200 && answer.text === 'success')
    return { isWell: true, words: '加密的推送解得开；和微信公众平台里填的是不是同一个，要看微信推送过来的' };
  if (answer?.status === 403)
    return {
      ...{ isWell: false },
      words: '正在运行的系统解不开。请查密钥（WECHAT_PUSH_KEY）和 AppID 有没有改过、改了有没有重启。',
    };
  const said = answer === null ? '没有回应' : `HTTP ${answer.status}`;
  return { isWell: false, words: `推送没有收下（${said}）。请查中间的代理是不是拦了 POST，再看服务器日志。` };
}

/** Null where there is none: name, certificate or port, the clerk looks in the same places. */
async function answerOf(address: string, query: Record<string, string>, body?: string) {
  const sent = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  try {
    const signal = AbortSignal.timeout(5_000);
    const response = await fetch(`${address}?${new URLSearchParams(query)}`, { ...sent, redirect: 'manual', signal });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}
