import { View } from '@tarojs/components';
import { byWords, whenWords } from '../../lib/time-words';
import { useNow } from '../../lib/use-now';
import { Card } from '../../ui/card';
import { PhotoRow } from '../../ui/photos';
import { Tag } from '../../ui/tags';
import type { Commitment } from './commitment';

/** 公示期 opinions with their public answers. */
export function CommitmentOpinions({ commitment: { opinions } }: { commitment: Commitment }) {
  const now = useNow();
  if (opinions.length === 0) return null;
  return (
    <Card title="大家的意见">
      {opinions.map((opinion) => (
        <View key={opinion.id} className="voice">
          <Said by={opinion.by} at={opinion.at} words={opinion.words} />
          {opinion.answer === null ? <Tag colour="open" words="等答复" /> : <Answer {...opinion} now={now} />}
        </View>
      ))}
    </Card>
  );
}

/** 异议 with photos, and what the level above found. */
export function CommitmentDisputes({ disputes }: { disputes: Commitment['disputes'] }) {
  const now = useNow();
  if (disputes.length === 0) return null;
  return (
    <Card title="异议和答复">
      {disputes.map((dispute) => (
        <View key={dispute.id} className="voice">
          <Said by={dispute.by} at={dispute.at} words={dispute.words} />
          <PhotoRow photos={dispute.photos} />
          <View className="voice__tag">
            {dispute.upheld === null ? (
              <Tag colour="open" words={`${byWords(dispute.dueAt, now)}答复`} />
            ) : (
              <Tag colour={dispute.upheld ? 'overdue' : 'done'} words={dispute.upheld ? '异议成立' : '异议不成立'} />
            )}
          </View>
          {dispute.answer !== null && <Answer {...dispute} now={now} />}
        </View>
      ))}
    </Card>
  );
}

function Said({ by, at, words }: { by: string; at: string; words: string }) {
  const now = useNow();
  return (
    <>
      <View className="voice__by">{`${by}，${whenWords(at, now)}`}</View>
      <View className="voice__words">{words}</View>
    </>
  );
}

interface AnswerProps {
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  readonly now: number;
}

/** What was answered in public, by whom. */
export const Answer = ({ answer, answeredBy, answeredAt, now }: AnswerProps) => (
  <View className="voice__answer">
    {answer && <View>{answer}</View>}
    <View className="voice__by">
      {[answeredBy && `${answeredBy}答复`, answeredAt && whenWords(answeredAt, now)].filter(Boolean).join('，')}
    </View>
  </View>
);
