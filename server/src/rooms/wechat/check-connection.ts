import { errcodeWords, noAnswer } from '@sandan/shared/wechat/errcodes.words';
import type { Config } from '../../foundation/config';
import type { Reading } from '../../foundation/database/connect';
import type { Tree } from '../../foundation/reference/tree';
import { errorLine } from '../../foundation/told-error';
import { WechatFailure } from '../../foundation/world/wechat/call';
import type { Wechat } from '../../foundation/world/wechat/client';
import { checkPushes } from './check-pushes';
import type { Checked } from './checked';
import { pushesOfDay } from './push-counts';
import { countiesIn, templatesBeside } from './template-states';

/** What is needed to look into the installation's own database; throws where it cannot be opened. */
export type OpenInstallation = () => Promise<{ reading: Reading; tree: Tree; close(): Promise<void> }>;

interface Ground {
  readonly config: Config;
  readonly wechat: Pick<Wechat, 'stableToken' | 'templates'>;
  readonly open: OpenInstallation;
  readonly now: () => Date;
}

/**
 * Whether the settings are the right ones, and what else keeps WeChat and us apart: its console, the way from there to
 * our door, the templates. Everything is tried, whatever went wrong before, so that one run tells all.
 */
export async function checkConnection({ config, wechat, open, now }: Ground): Promise<Checked[]> {
  const settings = settingsOf(config);
  // An invented app must not be asked about at WeChat itself.
  if (config.mode !== 'production' && config.wechat.origin === null) return settings;
  const token = await tokenOf(wechat);
  return [
    ...settings,
    token,
    ...(await checkPushes(config, now())),
    ...(await installationOf({ wechat, open, now, hasToken: token.isWell })),
  ];
}

/** How WeChat writes them: most mistakes are made in copying. */
const forms = [
  { name: 'WECHAT_APPID', of: 'appid', form: /^wx[0-9a-f]{16}$/, words: '应是 wx 开头的 18 位' },
  { name: 'WECHAT_SECRET', of: 'secret', form: /^[0-9a-f]{32}$/, words: '应是 32 位的数字和小写字母' },
  { name: 'WECHAT_PUSH_TOKEN', of: 'pushToken', form: /^[A-Za-z0-9]{3,32}$/, words: '应是 3 到 32 位的字母和数字' },
] as const;

function settingsOf({ mode, origin, wechat }: Config): Checked[] {
  if (mode !== 'production') {
    const isWell = wechat.origin !== null;
    const words = isWell
      ? '现在是演示，下面查的是微信替身'
      : '现在是演示，没有接真的微信。正式运行要设 SANDAN_MODE=production、四项微信设置和对外的网址 SANDAN_ORIGIN（README）。';
    return [{ what: '设置', isWell, words }];
  }
  const odd = forms.filter(({ of, form }) => !form.test(wechat[of]));
  const words =
    odd.length === 0 ? `AppID 是 ${wechat.appid}` : odd.map((each) => `${each.name} ${each.words}`).join('；');
  return [{ what: '设置', isWell: odd.length === 0, words }, addressOf(origin)];
}

/** Of names only, over TLS, at the port of browsers: WeChat takes no other for a mini-program (wechat.md §8, §10.2). */
function addressOf(origin: string | null): Checked {
  const what = '对外的网址';
  if (origin === null) return { what, isWell: false, words: '没有设 SANDAN_ORIGIN' };
  const isWell = /^https:\/\/(?!\d+(\.\d+){3}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(origin);
  return { what, isWell, words: isWell ? origin : `${origin}：微信只认 https 的域名，不能带端口，不能是 IP 地址` };
}

async function tokenOf(wechat: Pick<Wechat, 'stableToken'>): Promise<Checked> {
  const what = '取访问凭证';
  try {
    await wechat.stableToken();
    return { what, isWell: true, words: '成功，微信认得 AppID、AppSecret 和这台服务器的地址' };
  } catch (failure) {
    return { what, isWell: false, words: refusalWords(failure) };
  }
}

function refusalWords(failure: unknown): string {
  if (!(failure instanceof WechatFailure)) throw failure;
  const { errcode, rid, address, call } = failure;
  const { meaning, todo } = errcode === null ? noAnswer : errcodeWords(errcode, call);
  const number = errcode === null ? '' : `（${errcode}${rid === null ? '' : `，编号 ${rid}`}）`;
  return `${meaning}${number}。${todo}${address ? `要加的地址：${address}` : ''}`;
}

async function installationOf({
  wechat,
  open,
  now,
  hasToken,
}: Pick<Ground, 'wechat' | 'open' | 'now'> & { hasToken: boolean }): Promise<Checked[]> {
  const installation = await open().catch((error: unknown) => errorLine(error));
  if (typeof installation === 'string')
    return [{ what: '数据库', isWell: false, words: `打不开，收到的推送和微信模板没有查（${installation}）` }];
  const { reading, tree, close } = installation;
  try {
    const pushes = await receivedOf(reading, now());
    return [pushes, ...(hasToken ? await templatesOf(wechat, reading, tree) : [])];
  } finally {
    await close();
  }
}

/** What the service itself has taken and refused: only there does a Token or key show that is not the one of the console. */
async function receivedOf(reading: Reading, now: Date): Promise<Checked> {
  const what = '微信推送过来的';
  const { taken, repeated, unknown, refused } = await pushesOfDay(reading, now);
  const [worst] = refused;
  if (taken + repeated + unknown > 0) return { what, isWell: true, words: `一天里收下 ${taken + unknown} 条` };
  if (worst) return { what, isWell: false, words: `一天里一条也没有收下。${worst.words}。` };
  const todo = '请到微信公众平台“消息推送”核对网址、令牌、密钥，选安全模式，点提交；提交成功就通了。';
  return { what, isWell: true, words: `一天里还没有。刚配好的话，${todo}` };
}

async function templatesOf(wechat: Pick<Wechat, 'templates'>, reading: Reading, tree: Tree): Promise<Checked[]> {
  try {
    return await templatesBeside(reading, countiesIn(tree.grids), await wechat.templates());
  } catch (failure) {
    return [{ what: '微信模板', isWell: false, words: refusalWords(failure) }];
  }
}
