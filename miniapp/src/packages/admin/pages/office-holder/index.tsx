import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { dayWords, whenWords } from '../../../../lib/time-words';
import { useCall } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { Tag } from '../../../../ui/tags';
import { ErasePerson } from './erase-person';
import { EndPostSheet, SwitchSheet } from './reason-sheets';
import { SignIns } from './sign-ins';
import '../../nodes/admin.scss';

export type Person = ReplyFrom<'posts.person'>;
export type PostHeld = Person['posts'][number];

/** One person for administrators: posts now and before, and the account. */
export default function OfficeHolderPage() {
  const { personId = '' } = useRouter().params;
  const query = useCall('posts.person', { params: { personId } });
  return (
    <Page title="任职">
      <Await query={query}>{(person) => <Shown person={person} />}</Await>
    </Page>
  );
}

function Shown({ person }: { person: Person }) {
  const [switching, setSwitching] = useState(false);
  const maySwitch = person.allows.includes('disable') || person.allows.includes('enable');
  return (
    <>
      <View className="admin-head">
        <View className="admin-head__name">{person.name}</View>
        {person.disabledAt !== null && <Tag colour="stopped" words="账号已停用" />}
      </View>
      <Facts person={person} />
      <Posts title="现任" posts={person.posts} empty="现在没有职务" />
      {person.before.length > 0 && <Posts title="以前" posts={person.before} empty="" />}
      <SignIns person={person} />
      {person.allows.includes('erase') && <ErasePerson person={person} />}
      {maySwitch && (
        <Button look="plain" onPress={() => setSwitching(true)}>
          {person.disabledAt === null ? '停用账号' : '恢复账号'}
        </Button>
      )}
      {switching && <SwitchSheet person={person} onClose={() => setSwitching(false)} />}
    </>
  );
}

function Facts({ person }: { person: Person }) {
  const now = useNow();
  const seen = person.lastSeenAt === null ? '还没登录过' : `上次使用 ${whenWords(person.lastSeenAt, now)}`;
  return (
    <Card bare>
      <Row icon="phone" title={person.phone ?? '没有登记手机号'} words={seen} />
      <Row icon="house" title={person.home ?? '没有登记住处'} words={person.organization} />
      <Row
        icon="clipboard-list"
        title={`手上 ${person.load} 件`}
        words={person.awayUntil === null ? null : `外出到 ${whenWords(person.awayUntil, now)}`}
      />
      {person.skills.length > 0 && <Row icon="star" title="会的" words={person.skills.join('、')} />}
    </Card>
  );
}

function Posts({ title, posts, empty }: { title: string; posts: readonly PostHeld[]; empty: string }) {
  const [ending, setEnding] = useState<PostHeld | null>(null);
  return (
    <>
      <Card bare title={title}>
        {posts.map((post) => (
          <PostRow key={post.id} post={post} onEnd={() => setEnding(post)} />
        ))}
        {posts.length === 0 && <Row title={empty} />}
      </Card>
      {ending && <EndPostSheet post={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function PostRow({ post, onEnd }: { post: PostHeld; onEnd: () => void }) {
  const now = useNow();
  const term = `${dayWords(post.from, now)}起，${post.until === null ? '没有到期日' : `到 ${dayWords(post.until, now)}`}`;
  const words = [post.nodeName, term, post.behalfOf && `代${post.behalfOf}`, post.openReason, post.endReason];
  return (
    <Row
      title={post.kindName ?? post.roleName}
      words={words.filter((part) => part !== null && part !== '').join(' · ')}
      end={
        post.allows.includes('end') ? (
          <Button short look="text" label={`免去${post.roleName}`} onPress={onEnd}>
            免职
          </Button>
        ) : undefined
      }
    />
  );
}
