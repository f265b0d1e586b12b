import type { ReplyOf } from '@sandan/shared/endpoint';
import {
  errcodeWords,
  noAnswer,
  notAsked,
  pushFaultWords,
  wechatCalls,
  whoActs,
  type ErrcodeWords,
  type PushFaultName,
} from '@sandan/shared/wechat/errcodes.words';
import type { wechatApi } from '@sandan/shared/wechat/wechat.contract';
import type { Config } from '../../foundation/config';
import type { Reading } from '../../foundation/database/connect';
import { punishmentName, pushName } from '../../foundation/world/wechat/tally';
import { alarmFor } from './punishment';
import { punishmentsSince, tallyOfDay, tokenUntil, type TallyRow } from './wechat-state.queries';

type State = ReplyOf<typeof wechatApi.state>;
type Call = State['calls'][number];

/** What stands between WeChat and us, alarms first. */
export async function wechatState(reading: Reading, { mode, origin, wechat }: Config, now: Date): Promise<State> {
  const rows = await tallyOfDay(reading, now);
  const until = await tokenUntil(reading, wechat.appid);
  const punished = await punishmentsSince(reading, new Date(now.getTime() - alarmFor));
  const calls = callsIn(rows);
  const pushes = pushesIn(rows);
  return {
    alarms: [...punishmentAlarms(punished), ...callAlarms(calls, now), ...pushAlarms(pushes)],
    settings: settings.map((each) => ({ ...each, isReal: mode === 'production' })),
    appid: wechat.appid,
    pushAddress: origin && `${origin}/api/wechat/push`,
    tokenUntil: until && until > now ? until.toISOString() : null,
    calls,
    pushes,
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

function wordsOf({ outcome, errcode }: TallyRow): ErrcodeWords {
  if (errcode !== 0) return errcodeWords(errcode);
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

function pushesIn(rows: readonly TallyRow[]): State['pushes'] {
  const own = rows.filter(({ name }) => name === pushName);
  const of = (outcome: string) => own.find((row) => row.outcome === outcome);
  const refused = own.flatMap(({ outcome, times, lastAt }) => {
    const fault = /^refused\.(\w+)$/.exec(outcome)?.[1];
    if (fault === undefined || !(fault in pushFaultWords)) return [];
    return [{ words: pushFaultWords[fault as PushFaultName], times, lastAt: lastAt.toISOString() }];
  });
  const taken = of('taken');
  return {
    ...{ taken: taken?.times ?? 0, repeated: of('repeated')?.times ?? 0, unknown: of('unknown')?.times ?? 0 },
    ...{ failed: of('failed')?.times ?? 0, lastTakenAt: taken?.lastAt.toISOString() ?? null, refused },
  };
}

/** It sends what is refused three times; a stranger knocks once. */
const triesOfWechat = 3;

/** Strangers knock at every door; where nobody else does, it is WeChat that is not believed. */
function pushAlarms({ taken, unknown, failed, refused }: State['pushes']): State['alarms'] {
  const [worst] = refused;
  return [
    ...(failed > 0 ? [{ title: '有推送没有办成', words: '系统办微信的推送时出错，请看服务器日志，报给开发方。' }] : []),
    ...(worst && worst.times >= triesOfWechat && taken + unknown === 0
      ? [{ title: '微信的推送都没有收下', words: `${worst.words}。` }]
      : []),
  ];
}
