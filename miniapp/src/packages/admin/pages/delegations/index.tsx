import { useState } from 'react';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { whenWords } from '../../../../lib/time-words';
import { useAct, useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { confirm } from '../../../../ui/dialog';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { toast } from '../../../../ui/toast';
import { DelegateSheet } from './delegate-sheet';

type Mine = ReplyFrom<'posts.delegations'>;
type Delegation = Mine['given'][number];

/** 代理: who acts for me, and for whom I act. */
export default function DelegationsPage() {
  const query = useCall('posts.delegations');
  return (
    <Page title="代理">
      <Await query={query}>{(mine) => <Shown mine={mine} />}</Await>
    </Page>
  );
}

function Shown({ mine: { posts, given, received } }: { mine: Mine }) {
  const [passing, setPassing] = useState<Mine['posts'][number] | null>(null);
  return (
    <>
      <Card bare title="我的职务">
        {posts.map((post) => (
          <Row
            key={post.postId}
            title={post.name}
            end={
              <Button short look="text" label={`${post.name}，请人代理`} onPress={() => setPassing(post)}>
                请人代理
              </Button>
            }
          />
        ))}
        {posts.length === 0 && <Row title="您没有可以请人代理的职务" />}
      </Card>
      <Delegations title="我请别人代理的" rows={given} />
      <Delegations title="我代理别人的" rows={received} />
      {passing && <DelegateSheet post={passing} onClose={() => setPassing(null)} />}
    </>
  );
}

function Delegations({ title, rows }: { title: string; rows: readonly Delegation[] }) {
  if (rows.length === 0) return null;
  return (
    <Card bare title={title}>
      {rows.map((row) => (
        <DelegationRow key={row.id} row={row} />
      ))}
    </Card>
  );
}

function DelegationRow({ row }: { row: Delegation }) {
  const now = useNow();
  const act = useAct('posts.endDelegation', { delegationId: row.id });
  const end = async () => {
    const sure = await confirm({ title: '现在就结束代理？', yes: '结束代理', no: '再想想' });
    if (sure) act.mutate({}, { onSuccess: () => toast('代理结束了') });
  };
  return (
    <Row
      title={`${row.delegate} 代 ${row.principal}`}
      words={`${row.nodeName}${row.postName} · ${whenWords(row.from, now)} 到 ${whenWords(row.until, now)}`}
      end={
        <Tag colour={row.state === 'now' ? 'working' : 'open'} words={row.state === 'now' ? '代理中' : '还没开始'} />
      }
    >
      <ActTrouble error={act.error} />
      {row.allows.includes('end') && (
        <Button short look="text" busy={act.isPending} onPress={() => void end()}>
          提前结束
        </Button>
      )}
    </Row>
  );
}
