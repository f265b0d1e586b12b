import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { refreshMe } from '../../../../lib/session';
import { agoWords } from '../../../../lib/time-words';
import { unlessPassing } from '../../../../lib/transport';
import { useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Tag } from '../../../../ui/tags';
import './index.scss';

type Message = ReplyFrom<'messages.list'>['items'][number];

export default function MessagesPage() {
  const list = useList('messages.list', {});
  const unread = list.items.some((message) => message.readAt === null);
  useEffect(() => {
    if (unread) void markRead().catch(unlessPassing);
  }, [unread]);
  return (
    <Page title="消息">
      <ListView
        list={list}
        label="消息"
        keyOf={(message) => message.id}
        row={(message) => <MessageCard message={message} />}
        empty={{ icon: 'bell', title: '还没有消息', words: '您的单子有了进展，会在这里告诉您。' }}
      />
    </Page>
  );
}

function MessageCard({ message }: { message: Message }) {
  const now = useNow();
  return (
    <Card>
      <View className="message__head">
        <View className="message__when">{agoWords(message.at, now)}</View>
        {message.readAt === null && <Tag colour="open" words="新" />}
      </View>
      <View className="message__title">{message.title}</View>
      <View>{message.words}</View>
    </Card>
  );
}

/** Opening the page is reading: the dot goes from the tab, the 新 stays until the list is read anew. */
async function markRead(): Promise<void> {
  await call('messages.read', { body: {} });
  await refreshMe();
}
