import { useRouter } from '@tarojs/taro';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiProblem } from '../../lib/answer';
import { call } from '../../lib/client';
import type { ReplyFrom } from '../../lib/endpoints';
import { linkKeyOf } from '../../lib/link-key';
import { goInstead } from '../../lib/navigation';
import { isPage } from '../../lib/page-table';
import { platform } from '../../lib/platform/platform';
import { Skeleton } from '../../ui/await';
import { Button } from '../../ui/button';
import { Page } from '../../ui/page';
import { Placard, Trouble } from '../../ui/trouble';

/**
 * The one door for links that outlive us: messages, printed codes and share cards point here with `k` or `scene`, and the
 * server tells which page that means. Whoever is not signed in signs in first and comes back here (`Page`).
 */
export default function OpenPage() {
  const { k, scene, q } = useRouter().params;
  const key = linkKeyOf({ k, scene, q });
  return (
    <Page title="三单">
      {key === null ? (
        <Unreadable words="这个码或链接不完整。请重新扫一次，或者请对方再发一次。" />
      ) : (
        <Opening linkKey={key} />
      )}
    </Page>
  );
}

type Destination = ReplyFrom<'links.open'>;

function Opening({ linkKey }: { linkKey: string }) {
  const { data, error, refetch } = useQuery({ queryKey: ['open', linkKey], queryFn: () => follow(linkKey), gcTime: 0 });
  const isNewer = data !== undefined && !isPage(data.page);
  useEffect(() => {
    if (data && isPage(data.page)) void enter(data);
  }, [data]);
  if (isNewer) return <Newer />;
  if (!error) return <Skeleton rows={1} />;
  if (!(error instanceof ApiProblem) || ![403, 404, 410].includes(error.status))
    return <Trouble error={error} onRetry={() => void refetch()} />;
  if (error.code.startsWith('link.')) return <Unreadable words={`${error.title}。`} />;
  // Of a message in WeChat that is opened late: somebody else has it in hand by now.
  if (error.code === 'task.not-found') return <Placard icon="lock" title={error.title} action={otherTasks} />;
  if (error.code === 'order.not-found') return <Placard icon="lock" title={error.title} action={home} />;
  return (
    <Placard icon="lock" title="您现在看不到" words="这可能是别的镇的，也可能还没有公示或已经撤下。" action={home} />
  );
}

const otherTasks = { words: '看看别的任务', onPress: () => void goInstead('claims') };
const home = { words: '回首页', onPress: () => void goInstead('home') };
/** Whoever scanned wanted something done: the code is no good, ordering is. */
const Unreadable = ({ words }: { words: string }) => (
  <>
    <Placard icon="circle-help" title="打不开" words={words} action={home} />
    <Button look="text" onPress={() => void goInstead('place', {})}>
      没有码也能点单
    </Button>
  </>
);

/** A code printed since this build: an update reaches some phones a day later, and the code is good all the same. */
const Newer = () => (
  <>
    <Placard
      icon="refresh-cw"
      title="这个码要新版本才能打开"
      words="点下面的按钮换上新版本，再扫一次；还不行，就把小程序关掉，过一会儿再打开。"
      action={{ words: '换上新版本', onPress: () => platform.renewApp() }}
    />
    <Button look="text" onPress={() => void goInstead('place', {})}>
      有事要办？不用这张码也能点单
    </Button>
  </>
);

/** What the key means, if this person may read what stands there: said here, not after another page has come up. */
async function follow(key: string): Promise<Destination> {
  const destination = await call('links.open', { params: { key } });
  // Their pages say what is wrong with a code.
  if (destination.page === 'confirmSignIn' || destination.page === 'connectPhone') return destination;
  if (destination.page === 'commitment') await call('commitments.read', { params: destination.params });
  else if (destination.page === 'memberCard') await call('cards.member', { params: destination.params });
  else if (destination.page === 'commitments') await call('cards.organization', { params: destination.params });
  else if (destination.page === 'activity') {
    const { activityId, k } = destination.params;
    await call('activities.read', { params: { activityId }, query: { k } });
  } else if (destination.page === 'order') await call('orders.read', { params: destination.params });
  else if (destination.page === 'task') await call('tasks.read', { params: destination.params });
  return destination;
}

/** In place of this page: going back must not lead to a door. */
function enter(destination: Destination): Promise<void> {
  switch (destination.page) {
    case 'commitment':
      return goInstead('commitment', destination.params);
    case 'memberCard':
      return goInstead('memberCard', destination.params);
    case 'order':
      return goInstead('order', destination.params);
    case 'task':
      return goInstead('task', destination.params);
    case 'confirmSignIn':
      return goInstead('confirmSignIn', destination.params);
    case 'connectPhone':
      return goInstead('connectPhone', destination.params);
    case 'door':
      return goInstead('door', destination.params);
    case 'activity':
      return goInstead('activity', destination.params);
    case 'checkIn':
      return goInstead('checkIn', destination.params);
    case 'place':
      return goInstead('place', destination.params);
    case 'commitments':
      return goInstead('commitments', destination.params);
  }
}
