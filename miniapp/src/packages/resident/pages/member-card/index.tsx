import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useRouter } from '@tarojs/taro';
import { CommitmentRow } from '../../../../features/commitments/commitment-card';
import { ShareBar } from '../../../../features/links/share-bar';
import { ComplainRow } from '../../../../features/reviews/complain-row';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { Row } from '../../../../ui/row';
import { NameCard } from './name-card';
import './index.scss';

type MemberCard = ReplyFrom<'cards.member'>;

/** 亮身份、亮岗位、亮承诺: a member as the village may know him. */
export default function MemberCardPage() {
  const { personId = '' } = useRouter().params;
  const query = useCall('cards.member', { params: { personId } });
  useFreshOnShow(query);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Page title="党员名片">
      <Await query={query}>
        {(card) => (
          <>
            <NameCard card={card} />
            <ShareBar
              linked={{ what: 'member', thingId: personId }}
              title={`${card.name}，${card.organization.name}`}
              leadsTo="扫一扫，看这位党员今年承诺了什么"
              shareable={card.years.length > 0}
            />
            <Posts posts={card.posts} />
            <Promises card={card} />
            {!card.isMine && (
              <ComplainRow things={[{ field: 'person.card', thingId: personId, words: `${card.name}的名片` }]} />
            )}
          </>
        )}
      </Await>
    </Page>
  );
}

/** 亮岗位 */
function Posts({ posts }: Pick<MemberCard, 'posts'>) {
  if (posts.length === 0) return null;
  return (
    <Card bare title="亮岗位">
      {posts.map(({ name, place, duty }) => (
        <Row key={`${name} ${place}`} icon="shield-check" title={`${name}（${place}）`} words={duty} />
      ))}
    </Card>
  );
}

const shownPromises = 10;

/** 亮承诺: this year's; the others are on the wall. */
function Promises({ card: { personId, years, isMine } }: { card: MemberCard }) {
  const [newest] = years;
  if (!newest) {
    return (
      <Card title="亮承诺">
        <View className="member-card__none">
          {isMine ? '您还没有公示的承诺；公示以后大家才看得到这张名片。' : '还没有公示的承诺。'}
        </View>
      </Card>
    );
  }
  return <YearPromises personId={personId} roundId={newest.roundId} year={newest.year} />;
}

function YearPromises({ personId, roundId, year }: { personId: string; roundId: string; year: number }) {
  const query = useCall('commitments.list', { query: { scope: 'wall', personId, roundId, limit: shownPromises } });
  return (
    <Await query={query} rows={2}>
      {({ items }) => (
        <>
          <Card bare title={`亮承诺（${year} 年）`}>
            {items.map((commitment) => (
              <CommitmentRow key={commitment.id} commitment={commitment} withWho={false} />
            ))}
          </Card>
          <Button look="text" onPress={() => void go('commitments', { personId })}>
            在承诺墙上看
          </Button>
        </>
      )}
    </Await>
  );
}
