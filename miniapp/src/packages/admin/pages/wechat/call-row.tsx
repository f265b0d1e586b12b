import { View } from '@tarojs/components';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { whenWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';

type Call = ReplyFrom<'wechat.state'>['calls'][number];

/** One call: how it goes, and what went wrong in the last day, the latest first. */
export function CallRow({ call: { name, hour, day, lastOkAt, failures } }: { call: Call }) {
  const now = useNow();
  const last = lastOkAt === null ? '' : `最近成功 ${whenWords(lastOkAt, now)}。`;
  return (
    <Row
      title={name}
      words={day.ok + day.failed === 0 ? '一天里没有用到。' : `近一小时${counted(hour)}；一天${counted(day)}。${last}`}
      end={<Standing lastOkAt={lastOkAt} failures={failures} />}
    >
      {failures.map((failure) => (
        <Failed key={`${failure.errcode} ${failure.meaning}`} failure={failure} now={now} />
      ))}
    </Row>
  );
}

function counted({ ok, failed }: Call['hour']): string {
  if (failed === 0) return ok === 0 ? '没有用到' : `成功 ${ok} 次`;
  return `成功 ${ok} 次、没成 ${failed} 次`;
}

const looks = {
  operator: <Tag colour="overdue" words="要处理" />,
  bug: <Tag colour="overdue" words="要处理" />,
  wait: <Tag colour="open" words="等一等" />,
  nobody: <Tag colour="stopped" words="不用管" />,
};

function Standing({ lastOkAt, failures: [latest] }: Pick<Call, 'lastOkAt' | 'failures'>) {
  const isWell = lastOkAt !== null && (!latest || lastOkAt > latest.lastAt);
  if (isWell) return <Tag colour="done" words="正常" />;
  return latest ? looks[latest.who] : null;
}

function Failed({ failure, now }: { failure: Call['failures'][number]; now: number }) {
  const { errcode, times, meaning, todo, whoWords, lastAt, rid, address } = failure;
  const facts = [
    `${times} 次，最近 ${whenWords(lastAt, now)}`,
    ...(rid === null ? [] : [`编号 ${rid}`]),
    ...(address === null ? [] : [`地址 ${address}`]),
  ];
  return (
    <View className="wechat__failure">
      <View className="wechat__meaning">{errcode === null ? meaning : `${meaning}（${errcode}）`}</View>
      <View>{`${whoWords}。${todo}`}</View>
      <View className="wechat__facts">{facts.join('；')}</View>
    </View>
  );
}
