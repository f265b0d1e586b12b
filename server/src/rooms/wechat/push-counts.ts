import type { ReplyOf } from '@sandan/shared/endpoint';
import { pushFaultWords, type PushFaultName } from '@sandan/shared/wechat/errcodes.words';
import type { wechatApi } from '@sandan/shared/wechat/wechat.contract';
import type { Reading } from '../../foundation/database/connect';
import { pushName } from '../../foundation/world/wechat/tally';
import { failedPushes } from './failed-pushes';
import { tallyOfDay, type TallyRow } from './wechat-state.queries';

type Pushes = ReplyOf<typeof wechatApi.state>['pushes'];

export const pushesOfDay = async (reading: Reading, now: Date): Promise<Pushes> =>
  pushesIn(reading, await tallyOfDay(reading, now));

/** What became of the pushes of a day, and what of all days still waits to be done. */
export async function pushesIn(reading: Reading, rows: readonly TallyRow[]): Promise<Pushes> {
  const own = rows.filter(({ name }) => name === pushName);
  const of = (outcome: string) => own.find((row) => row.outcome === outcome);
  const refused = own.flatMap(({ outcome, times, lastAt }) => {
    const fault = /^refused\.(\w+)$/.exec(outcome)?.[1];
    if (fault === undefined || !(fault in pushFaultWords)) return [];
    return [{ words: pushFaultWords[fault as PushFaultName], times, lastAt: lastAt.toISOString() }];
  });
  const taken = of('taken');
  const { count: waiting, since } = await failedPushes(reading);
  return {
    ...{ taken: taken?.times ?? 0, repeated: of('repeated')?.times ?? 0, unknown: of('unknown')?.times ?? 0 },
    ...{ failed: of('failed')?.times ?? 0, lost: of('lost')?.times ?? 0 },
    ...{ waiting, waitingSince: since?.toISOString() ?? null },
    ...{ lastTakenAt: taken?.lastAt.toISOString() ?? null, refused },
  };
}

/** It sends what is refused three times; a stranger knocks once. */
const triesOfWechat = 3;

/** Strangers knock at every door; where nobody else does, it is WeChat that is not believed. */
export function pushAlarms({ taken, unknown, lost, waiting, refused }: Pushes): { title: string; words: string }[] {
  const [worst] = refused;
  return [
    ...(waiting > 0
      ? [
          {
            title: '有推送没有办成',
            words: `${waiting} 条留着，系统会隔一阵再办，一直到办成。请看服务器日志，报给开发方。`,
          },
        ]
      : []),
    ...(lost > 0
      ? [{ title: '有推送可能丢了', words: '办的时候出错，也没能留下来。请看服务器日志和数据库，报给开发方。' }]
      : []),
    ...(worst && worst.times >= triesOfWechat && taken + unknown === 0
      ? [{ title: '微信的推送都没有收下', words: `${worst.words}。` }]
      : []),
  ];
}
