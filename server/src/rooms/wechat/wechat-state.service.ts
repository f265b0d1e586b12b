import type { ReplyOf } from '@sandan/shared/endpoint';
import {
  errcodeWords,
  noAnswer,
  notAsked,
  wechatCalls,
  whoActs,
  type ErrcodeWords,
} from '@sandan/shared/wechat/errcodes.words';
import type { wechatApi } from '@sandan/shared/wechat/wechat.contract';
import type { Config } from '../../foundation/config';
import type { Reading } from '../../foundation/database/connect';
import { siteForWechat } from '../../foundation/http/site';
import type { GridNode } from '../../foundation/reference/tree';
import { punishmentName, pushName } from '../../foundation/world/wechat/tally';
import { alarmFor } from './punishment';
import { pushAlarms, pushesIn } from './push-counts';
import { templateStates } from './template-states';
import { punishmentsSince, tallyOfDay, tokenUntil, type TallyRow } from './wechat-state.queries';

type State = ReplyOf<typeof wechatApi.state>;
type Call = State['calls'][number];

interface Ground {
  readonly config: Config;
  /** Whose templates are shown. */
  readonly counties: readonly GridNode[];
  readonly now: Date;
}

/** What stands between WeChat and us, alarms first. */
export async function wechatState(reading: Reading, { config, counties, now }: Ground): Promise<State> {
  const { mode, wechat } = config;
  const site = siteForWechat(config);
  const rows = await tallyOfDay(reading, now);
  const until = await tokenUntil(reading, wechat.appid);
  const punished = await punishmentsSince(reading, new Date(now.getTime() - alarmFor));
  const calls = callsIn(rows);
  const pushes = await pushesIn(reading, rows);
  return {
    alarms: [...punishmentAlarms(punished), ...callAlarms(calls, now), ...pushAlarms(pushes)],
    settings: settings.map((each) => ({ ...each, isReal: mode === 'production' })),
    appid: wechat.appid,
    pushAddress: site && `${site}/api/wechat/push`,
    tokenUntil: until && until > now ? until.toISOString() : null,
    calls,
    pushes,
    templates: await templateStates(reading, counties, now),
  };
}

/** In production none of them may be an example's (config.ts). */
const settings = [
  { name: 'WECHAT_APPID', label: '小程序的 AppID' },
  { name: 'WECHAT_SECRET', label: '小程序的 AppSecret' },
  { name: 'WECHAT_PUSH_TOKEN', label: '消息推送的令牌（Token）' },
  { name: 'WECHAT_PUSH_KEY', label: '消息推送的密钥（EncodingAESKey）' },
] as const;

function callsIn(rows: readonly TallyRow[]): Call[] {
  const ofCalls = rows.filter(({ name }) => name !== pushName && name !== punishmentName);
  const names = new Set([...Object.keys(wechatCalls), ...ofCalls.map(({ name }) => name)]);
  return [...names].map((call) => {
    const own = ofCalls.filter(({ name }) => name === call);
    const failed = own.filter(({ outcome }) => outcome !== 'ok');
    const ok = own.find(({ outcome }) => outcome === 'ok');
    return {
      ...{ call, name: wechatCalls[call] ?? call },
      hour: { ok: ok?.inHour ?? 0, failed: sum(failed.map(({ inHour }) => inHour)) },
      day: { ok: ok?.times ?? 0, failed: sum(failed.map(({ times }) => times)) },
      lastOkAt: ok?.lastAt.toISOString() ?? null,
      failures: failed.map(failureOf),
    };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function failureOf(row: TallyRow): Call['failures'][number] {
  const { errcode, times, lastAt, rid, address } = row;
  const words = wordsOf(row);
  return {
    errcode: errcode || null,
    times,
    lastAt: lastAt.toISOString(),
    rid,
    address,
    ...words,
    whoWords: whoActs[words.who],
  };
}

function wordsOf({ name, outcome, errcode }: TallyRow): ErrcodeWords {
  if (errcode !== 0) return errcodeWords(errcode, name);
  return outcome === 'away' ? notAsked : noAnswer;
}

const punishmentAlarms = (count: number): State['alarms'] =>
  count === 0
    ? []
    : [{ title: '微信处罚了小程序', words: '请登录微信公众平台，在“通知中心”看原因，按要求整改、申诉。' }];

/** Longer than WeChat is usually busy. */
const sleepless = 10 * 60_000;

/** What somebody has to mend and what has not gone well again since; what mends itself only where it does not. */
function callAlarms(calls: readonly Call[], now: Date): State['alarms'] {
  return calls.flatMap(({ name, lastOkAt, failures }) =>
    failures
      .filter(({ lastAt }) => lastOkAt === null || lastAt > lastOkAt)
      .filter(
        ({ who, errcode }) => who === 'operator' || who === 'bug' || (errcode === null && !isRecent(lastOkAt, now)),
      )
      .map(({ errcode, meaning, todo, address }) => ({
        title: `${name}：${meaning}${errcode === null ? '' : `（${errcode}）`}`,
        words: address === null ? todo : `${todo}地址：${address}`,
      })),
  );
}

const isRecent = (at: string | null, now: Date): boolean => at !== null && now.getTime() - Date.parse(at) < sleepless;
