import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh } from '@tarojs/taro';
import { useState } from 'react';
import {
  dueTags,
  householdTitle,
  standingWords,
  type LinkedHousehold,
} from '../../../../features/households/household-words';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Page } from '../../../../ui/page';
import { Pressable } from '../../../../ui/pressable';
import { Segments } from '../../../../ui/segments';
import { Tag } from '../../../../ui/tags';
import { Placard } from '../../../../ui/trouble';
import { MyVisits } from './my-visits';
import './index.scss';

const segments = [
  { value: 'households', words: '我联系的户' },
  { value: 'visits', words: '走访记录' },
] as const;

/** 我联系的户: whose turn it is this month, the overdue first; and what I have written about visits. */
export default function MyHouseholdsPage() {
  const [shown, show] = useState<'households' | 'visits'>('households');
  return (
    <Page title="我联系的户">
      <Segments label="看哪些" segments={segments} value={shown} onChange={show} />
      {shown === 'households' ? <Households /> : <MyVisits />}
    </Page>
  );
}

function Households() {
  const query = useCall('visits.households');
  useFreshOnShow(query);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));
  return (
    <Await query={query}>
      {({ due, overdue, visited, households }) =>
        households.length === 0 ? (
          <Placard icon="house" title="还没有联系户" words="支部安排好了会发消息给您，联系户就列在这里。" />
        ) : (
          <>
            <View className="my-households__sum">{sumWords(due + overdue, visited, households.length)}</View>
            {households.map((household) => (
              <HouseholdCard key={household.householdId} household={household} />
            ))}
          </>
        )
      }
    </Await>
  );
}

const sumWords = (waiting: number, visited: number, all: number): string =>
  waiting === 0 ? `联系 ${all} 户，这个月都去过了。` : `联系 ${all} 户，这个月去过 ${visited} 户，还有 ${waiting} 户。`;

function HouseholdCard({ household }: { household: LinkedHousehold }) {
  const now = useNow();
  const { householdId, grid, flags, checksDue, standInFor, standIn, due, isHub } = household;
  const beside = [
    isHub ? '党员中心户' : null,
    standInFor === null ? null : `替${standInFor}联系`,
    standIn === null ? null : `您外出时由${standIn}联系`,
  ].filter((part) => part !== null);
  return (
    <Pressable
      className="card household-card"
      label={`${householdTitle(household)}，${dueTags[due].words}，去走访`}
      onPress={() => void go('visit', { householdId })}
    >
      <View className="household-card__head">
        <View className="household-card__title">{householdTitle(household)}</View>
        <Tag {...dueTags[due]} />
      </View>
      <View className="household-card__words">{[grid, ...beside].join('，')}</View>
      <View className="household-card__words">{standingWords(household, now)}</View>
      {flags.length > 0 && (
        <View className="household-card__flags">
          {flags.join('、')}
          {checksDue > 0 && <Tag colour="overdue" words="要核对" />}
        </View>
      )}
    </Pressable>
  );
}
