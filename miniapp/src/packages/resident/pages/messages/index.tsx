import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { call } from '../../../../lib/client';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { meNow, refreshMe } from '../../../../lib/session';
import { agoWords } from '../../../../lib/time-words';
import { unlessPassing } from '../../../../lib/answer';
import { useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Pressable } from '../../../../ui/pressable';
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

/** Opens what the message is about. */
function open({ about }: Message): void {
  if (about?.thing === 'order') void go('order', { orderId: about.id });
  if (about?.thing === 'task') void go('task', { taskId: about.id });
  if (about?.thing === 'showcase') void go('showcase', { showcaseId: about.id });
  if (about?.thing === 'commitment') void go('commitment', { commitmentId: about.id });
  if (about?.thing === 'binding') void openBinding();
  if (about?.thing === 'household') void go('household', { householdId: about.id });
  if (about?.thing === 'review') void go('reviewCommitments');
  if (about?.thing === 'contacts') void go('myContacts');
  if (about?.thing === 'visits') void go('myHouseholds');
  if (about?.thing === 'links') void go('householdLinks');
  if (about?.thing === 'overdue') void go('visitFigures');
  if (about?.thing === 'checks') void go('households', { only: 'checkDue' });
  if (about?.thing === 'sweep') void go('sweep', { sweepId: about.id });
  if (about?.thing === 'myTasks') void go('claims');
  if (about?.thing === 'handover') void go('handover', { handoverId: about.id });
  if (about?.thing === 'mySweep') void go('sweepRound', { sweepId: about.id });
}

/** Whoever decides goes to what waits for him, whoever asked to where he stands. */
const openBinding = (): Promise<void> => (meNow()?.can.includes('binding.read') ? go('bindings') : go('bind', {}));

function MessageCard({ message }: { message: Message }) {
  if (message.about === null) {
    return (
      <Card>
        <MessageWords message={message} />
      </Card>
    );
  }
  return (
    <Card bare>
      <Pressable className="message--opens" onPress={() => open(message)}>
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
        <View className="message__when">{agoWords(message.at, now)}</View>
        {message.readAt === null && <Tag colour="open" words="新" />}
      </View>
      <View className="message__title">{message.title}</View>
      <View>{message.words}</View>
    </>
  );
}

/** Opening the page is reading: the dot goes from the tab, the 新 stays until the list is read anew. */
async function markRead(): Promise<void> {
  await call('messages.read', { body: {} });
  await refreshMe();
}
