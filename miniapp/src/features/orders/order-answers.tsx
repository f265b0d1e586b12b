import { View } from '@tarojs/components';
import { whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { aria } from '../../ui/aria';
import { Card } from '../../ui/card';
import { Icon } from '../../ui/icon';
import { Tag } from '../../ui/tags';
import type { Order } from './order';

type Answer = Order['answers'][number];

/** What those concerned said about it: contacted, solved, content. */
export function OrderAnswers({ answers }: { answers: readonly Answer[] }) {
  if (answers.length === 0) return null;
  return (
    <Card title="评价">
      {answers.map((answer) => (
        <OneAnswer key={`${answer.at}${answer.by.name}`} answer={answer} />
      ))}
    </Card>
  );
}

const stars = [1, 2, 3, 4, 5];

function OneAnswer({ answer }: { answer: Answer }) {
  const now = useNow();
  const by = answer.method === 'callback' ? `${answer.by.name}回访` : answer.by.name;
  return (
    <View className="order-answer">
      <View className="order-answer__stars" {...aria({ role: 'img', label: `${answer.stars} 颗星` })}>
        {stars.map((star) => (
          <Icon key={star} name={star <= answer.stars ? 'star-filled' : 'star'} />
        ))}
      </View>
      <View className="order-answer__tags">
        <Tag colour={answer.solved ? 'done' : 'overdue'} words={answer.solved ? '办好了' : '没办成'} />
        <Tag colour={answer.contacted ? 'done' : 'overdue'} words={answer.contacted ? '联系过' : '没联系'} />
      </View>
      {answer.words && <View>{answer.words}</View>}
      <View className="order-answer__by">{`${by}，${whenWords(answer.at, now)}`}</View>
    </View>
  );
}
