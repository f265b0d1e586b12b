import { opinionKinds } from '@sandan/shared/opinions/opinion.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { useDraft } from '../../../../lib/draft';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { submit } from '../../../../lib/send-queue-runner';
import { agoWords } from '../../../../lib/time-words';
import { useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Choice, optionsOf } from '../../../../ui/choice';
import { Labelled, TextArea } from '../../../../ui/field';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';
import './index.scss';

type Opinion = ReplyFrom<'opinions.list'>['items'][number];

const empty: { kind: Opinion['kind']; words: string } = { kind: 'suggestion', words: '' };

/** 投诉建议 about the app itself (国办函〔2026〕12号); the affairs of the village are orders. */
export default function OpinionsPage() {
  const list = useList('opinions.list', {});
  return (
    <Page title="投诉建议">
      <OpinionForm />
      <MyComplaints />
      <View className="opinions__mine">我提过的</View>
      <ListView
        list={list}
        label="我提过的"
        keyOf={(opinion) => opinion.id}
        row={(opinion) => <OpinionCard opinion={opinion} />}
        empty={{ icon: 'inbox', title: '您还没有提过', words: '提了以后，答复会出现在这里。' }}
      />
    </Page>
  );
}

/** 投诉、举报 of what others wrote, made on their pages: here stands what came of each, the latest first. */
function MyComplaints() {
  const now = useNow();
  const { items, query } = useList('reviews.complaints', {});
  if (items.length === 0) return null;
  return (
    <Card title="我投诉过的内容" bare>
      {items.map(({ id, name, reasonName, at, outcome, outcomeName }) => (
        <Row
          key={id}
          icon="shield-alert"
          title={name}
          words={`${reasonName}，${agoWords(at, now)}`}
          end={<Tag colour={outcome === null ? 'open' : 'done'} words={outcomeName} />}
        />
      ))}
      {query.hasNextPage && <Row title="再看几条" onPress={() => void query.fetchNextPage()} />}
    </Card>
  );
}

function OpinionForm() {
  const draft = useDraft('opinion', empty);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { kind, words } = draft.fields;

  const give = async () => {
    if (words.trim() === '') return setError('请先写几句');
    setError(undefined);
    setBusy(true);
    const state = await submit({
      id: draft.id,
      key: 'opinions.give',
      sent: { params: { opinionId: draft.id }, body: { kind, words } },
      photoIds: [],
      title: opinionKinds[kind],
      form: 'opinion',
      fields: draft.fields,
    });
    setBusy(false);
    draft.clear();
    if (state === 'sent') toast('收到了，谢谢您');
  };

  return (
    <Card>
      <Labelled label="您想说的是">
        <Choice
          label="投诉还是建议"
          options={optionsOf(opinionKinds)}
          value={kind}
          onChange={(value) => draft.change({ kind: value })}
        />
      </Labelled>
      <TextArea
        label="哪里不好用，怎样才好"
        value={words}
        error={error}
        example="比如：字太小，找不到按钮"
        onChange={(value) => draft.change({ words: value })}
      />
      <View className="opinions__give">
        <Button look="main" busy={busy} onPress={() => void give()}>
          交上去
        </Button>
      </View>
    </Card>
  );
}

function OpinionCard({ opinion }: { opinion: Opinion }) {
  const now = useNow();
  return (
    <Card>
      <View className="opinions__head">
        <View className="opinions__when">
          {opinionKinds[opinion.kind]} · {agoWords(opinion.at, now)}
        </View>
        <Tag colour={opinion.answer === null ? 'open' : 'done'} words={opinion.answer === null ? '等答复' : '已答复'} />
      </View>
      <View>{opinion.words}</View>
      {opinion.answer !== null && <View className="opinions__answer">答复：{opinion.answer}</View>}
    </Card>
  );
}
