import { View } from '@tarojs/components';
import { useState } from 'react';
import { topicNames, type MessageTopic } from '@sandan/shared/messages/message.words';
import { unlessPassing } from '../../../../lib/answer';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { useLiveRead } from '../../../../lib/live/use-live';
import { useLiveList } from '../../../../lib/live/use-live-list';
import { go } from '../../../../lib/navigation';
import { queries } from '../../../../lib/query';
import { refreshMe } from '../../../../lib/session';
import { agoWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Pressable } from '../../../../ui/pressable';
import { countWords, Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { troubleWords } from '../../../../ui/trouble';
import { toast } from '../../../../ui/toast';
import { openAbout, type Message } from './open-about';
import './index.scss';

type Shown = MessageTopic | 'all';
type ReadBody = Parameters<typeof markRead>[0];

/** 消息: everything that was told, by what it is about; what has not been read stands out. */
export default function MessagesPage() {
  const [topic, setTopic] = useState<Shown>('all');
  const counts = useCall('messages.counts');
  useFreshOnShow(counts);
  useLiveRead('messages', counts);
  const unread = counts.data?.topics.find((each) => each.topic === topic)?.unread ?? counts.data?.unread ?? 0;
  return (
    <Page title="消息">
      {(counts.data?.topics.length ?? 0) > 1 && (
        <Segments<Shown> label="看哪些" segments={segmentsOf(counts.data)} value={topic} onChange={setTopic} />
      )}
      <Messages key={topic} topic={topic} unread={unread} />
    </Page>
  );
}

/** Those in which anything has come yet: a villager sees his own two or three. */
const segmentsOf = (counts: ReplyFrom<'messages.counts'> | undefined) => [
  { value: 'all' as const, words: '全部', count: counts?.unread ?? 0 },
  ...(counts?.topics ?? []).map(({ topic, unread }) => ({ value: topic, words: topicNames[topic], count: unread })),
];

function Messages({ topic, unread }: { topic: Shown; unread: number }) {
  const list = useLiveList('messages', 'messages.list', topic === 'all' ? {} : { topic });
  useFreshOnShow(list.query);
  const name = topic === 'all' ? '' : topicNames[topic];
  return (
    <>
      {unread > 0 && list.head && <ReadAll words={`${name}全部已读`} body={allOf(list.head.upTo, topic, list.items)} />}
      <ListView
        list={list}
        label="消息"
        keyOf={(message) => message.id}
        row={(message) => <MessageCard message={message} />}
        newsWords={(count) => `有 ${countWords(count)} 条新消息，点这里看`}
        empty={
          topic === 'all' ? noneYet : { icon: 'bell', title: `“${name}”里还没有消息`, words: '点“全部”看别的消息。' }
        }
      />
    </>
  );
}

const noneYet = {
  ...{ icon: 'bell' as const, title: '还没有消息', words: '单子有了进展，或者有事要您办，会在这里告诉您。' },
  action: { words: '看看怎么通知我', onPress: () => void go('messageWays') },
};

/** As many as one request takes; what lies below them was there long before. */
const mostIds = 100;

const allOf = (upTo: string, topic: Shown, items: readonly Message[]) => ({
  ids: items
    .filter(({ readAt }) => readAt === null)
    .slice(0, mostIds)
    .map(({ id }) => id),
  all: { upTo, ...(topic === 'all' ? {} : { topic }) },
});

function ReadAll({ words, body }: { words: string; body: ReadBody }) {
  const [busy, setBusy] = useState(false);
  const press = () => {
    setBusy(true);
    markRead(body)
      .catch((error: unknown) => toast(troubleWords(error)))
      .finally(() => setBusy(false));
  };
  return (
    <View className="messages__all">
      <Button short look="plain" icon="check" busy={busy} onPress={press}>
        {words}
      </Button>
    </View>
  );
}

/** Pressing is reading it, also where it leads nowhere. */
function MessageCard({ message }: { message: Message }) {
  const { about, readAt } = message;
  const press = () => {
    if (readAt === null) void markRead({ ids: [message.id] }).catch(unlessPassing);
    if (about) void openAbout(about);
  };
  if (!about && readAt !== null) {
    return (
      <Card>
        <MessageWords message={message} />
      </Card>
    );
  }
  return (
    <Card bare>
      <Pressable className="message--opens" onPress={press}>
        <MessageWords message={message} />
      </Pressable>
    </Card>
  );
}

function MessageWords({ message }: { message: Message }) {
  const now = useNow();
  return (
    <>
      <View className="message__head">
        <View className="message__when">{`${topicNames[message.topic]} · ${agoWords(message.at, now)}`}</View>
        {message.readAt === null && <Tag colour="open" words="新" />}
      </View>
      <View className="message__title">{message.title}</View>
      <View>{message.words}</View>
    </>
  );
}

/** The lists, the counts and the badge on the tab follow. */
async function markRead(body: { ids: string[]; all?: { upTo: string; topic?: MessageTopic } }): Promise<void> {
  await call('messages.read', { body });
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['messages.list'] }),
    queries.invalidateQueries({ queryKey: ['messages.counts'] }),
    refreshMe(),
  ]);
}
