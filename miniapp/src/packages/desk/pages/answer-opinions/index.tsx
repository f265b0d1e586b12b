import { opinionKinds } from '@sandan/shared/opinions/opinion.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { WordsSheet } from '../../../../features/orders/words-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { agoWords } from '../../../../lib/time-words';
import { useAct, useCall, useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Tag } from '../../../../ui/tags';
import './index.scss';

type Opinion = ReplyFrom<'opinions.list'>['items'][number];

/** 投诉建议 about the app itself, answered by the administrator (国办函〔2026〕12号). */
export default function AnswerOpinionsPage() {
  const list = useList('opinions.list', {});
  const figures = useCall('opinions.figures').data;
  const [asked, setAsked] = useState<Opinion | null>(null);
  return (
    <Page title="答复投诉建议">
      {figures && (
        <View className="answer-opinions__figures">
          {`投诉 ${figures.complaints} 条，建议 ${figures.suggestions} 条，答复了 ${figures.answered} 条。`}
        </View>
      )}
      <ListView
        list={list}
        label="投诉建议"
        keyOf={(opinion) => opinion.id}
        row={(opinion) => <OpinionCard opinion={opinion} onAnswer={() => setAsked(opinion)} />}
        empty={{ icon: 'inbox', title: '还没有人提意见', words: '有了会在这里出现，请及时答复。' }}
      />
      {asked && <AnswerSheet opinion={asked} onClose={() => setAsked(null)} />}
    </Page>
  );
}

function OpinionCard({ opinion, onAnswer }: { opinion: Opinion; onAnswer: () => void }) {
  const now = useNow();
  const open = opinion.answer === null;
  return (
    <Card>
      <View className="answer-opinions__head">
        <View className="answer-opinions__when">{`${opinionKinds[opinion.kind]} · ${agoWords(opinion.at, now)}`}</View>
        <Tag colour={open ? 'open' : 'done'} words={open ? '等答复' : '已答复'} />
      </View>
      <View>{opinion.words}</View>
      {opinion.answer !== null && <View className="answer-opinions__answer">{`答复：${opinion.answer}`}</View>}
      {open && (
        <View className="answer-opinions__act">
          <Button look="plain" onPress={onAnswer}>
            答复
          </Button>
        </View>
      )}
    </Card>
  );
}

function AnswerSheet({ opinion, onClose }: { opinion: Opinion; onClose: () => void }) {
  return (
    <WordsSheet
      title="答复"
      label={opinion.words}
      hint="提的人会看到。"
      yes="答复"
      done="答复了"
      act={useAct('opinions.answer', { opinionId: opinion.id })}
      form={`opinion-answer.${opinion.id}`}
      onClose={onClose}
    />
  );
}
