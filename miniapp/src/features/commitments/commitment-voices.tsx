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
          <Said {...opinion} />
          {opinion.answeredAt === null ? <Tag colour="open" words="等答复" /> : <Answer {...opinion} now={now} />}
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
          <Said {...dispute} />
          <PhotoRow photos={dispute.photos} />
          <View className="voice__tag">
            {dispute.upheld === null ? (
              <Tag colour="open" words={`${byWords(dispute.dueAt, now)}答复`} />
            ) : (
              <Tag colour={dispute.upheld ? 'overdue' : 'done'} words={dispute.upheld ? '异议成立' : '异议不成立'} />
            )}
          </View>
          {dispute.answeredAt !== null && <Answer {...dispute} now={now} />}
        </View>
      ))}
    </Card>
  );
}

type Saying = Pick<Commitment['opinions'][number], 'by' | 'at' | 'words' | 'held' | 'mine' | 'answer'>;

function Said({ by, at, words, held, mine, answer }: Saying) {
  const now = useNow();
  return (
    <>
      <View className="voice__by">{`${by}，${whenWords(at, now)}`}</View>
      {words === null ? (
        <View className="voice__held">{answer === null ? '原话先不公开，等人看过再说。' : '原话没有公开。'}</View>
      ) : (
        <View className="voice__words">{words}</View>
      )}
      {held && words !== null && <View className="voice__held">{heldWords(mine, answer !== null)}</View>}
    </>
  );
}

/** To whoever may read what others may not. */
function heldWords(mine: boolean, answered: boolean): string {
  if (answered) return '原话没有公开。';
  return mine ? '还没公开，您自己和答复的人看得到。' : '还没公开，答复的时候再定公不公开。';
}

/** What raters wrote, without their names. */
export function CommitmentRatings({ commitment: { ratings } }: { commitment: Commitment }) {
  if (ratings.length === 0) return null;
  return (
    <Card title="评诺的话">
      {ratings.map(({ stars, words, mine, held, waits }, index) => (
        // Two may say the same: there is nothing else to tell them apart by, and nobody edits this list.
        <View key={index} className="voice">
          <View className="voice__by">{`${mine ? '您给了' : ''} ${stars} 颗星`.trim()}</View>
          <View className="voice__words">{words}</View>
          {held && (
            <View className="voice__held">
              {waits ? '没有通过内容检查，等审的人看过再定公不公开。' : '这句话没有公开。'}
            </View>
          )}
        </View>
      ))}
    </Card>
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
