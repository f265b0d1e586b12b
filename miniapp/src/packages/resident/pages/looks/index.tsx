import { useWhose } from '../../../../features/privacy/whose';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { agoWords } from '../../../../lib/time-words';
import { useList } from '../../../../lib/use-call';
import { useNow } from '../../../../lib/use-now';
import { Card } from '../../../../ui/card';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';

type Look = ReplyFrom<'privacy.looks'>['items'][number];

/** 谁看过我的信息: who, in which post, when, what of, and why. */
export default function LooksPage() {
  const { of, child } = useWhose();
  const list = useList('privacy.looks', of);
  return (
    <Page title={`谁看过${child ?? '我'}的信息`}>
      <ListView
        list={list}
        label="谁看过我的信息"
        keyOf={(look) => look.id}
        row={(look) => <LookCard look={look} />}
        empty={{
          icon: 'eye',
          title: '还没有人看过',
          words: '有人看完整的姓名、电话，导入名册，或者导出有名字的表，都会记在这里。',
        }}
      />
    </Page>
  );
}

function LookCard({ look: { who, post, what, purpose, at, times, orderId } }: { look: Look }) {
  const now = useNow();
  const words = [post, purpose && `为了${purpose}`, agoWords(at, now)].filter(Boolean).join(' · ');
  return (
    <Card bare>
      <Row
        title={`${who}${what}${times > 1 ? `，这一天 ${times} 次` : ''}`}
        words={words}
        {...(orderId === null ? {} : { onPress: () => void go('order', { orderId }) })}
      />
    </Card>
  );
}
