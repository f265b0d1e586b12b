import { accountConcerns, type AccountConcern } from '@sandan/shared/audit/account-concerns.words';
import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import { VillageFilter } from '../../../../features/grids/village-filter';
import { useCall, useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { AccountCard } from './account-card';
import { concernWords } from './concern-words';
import './index.scss';

const concerns = Object.keys(accountConcerns) as AccountConcern[];

/** 账号核查: accounts with a post that should be looked at, for the administrator to end and the auditor to ask about. */
export default function AccountReviewsPage() {
  const [concern, setConcern] = useState<AccountConcern>('idle');
  const [village, setVillage] = useState<ChosenGrid | null>(null);
  const here = village ? { gridId: village.gridId } : {};
  const counts = useCall('grantReviews.counts', { query: here });
  const list = useList('grantReviews.accounts', { concern, ...here });
  useFreshOnShow(list.query);
  const countOf = (which: AccountConcern) => counts.data?.items.find((item) => item.concern === which)?.count;
  const words = concernWords(counts.data?.idleDays ?? null)[concern];
  return (
    <Page title="账号核查" wide>
      <Segments
        label="看哪些账号"
        segments={concerns.map((value) => ({ value, words: accountConcerns[value], count: countOf(value) }))}
        value={concern}
        onChange={setConcern}
      />
      <View className="reviews__top">
        <View className="reviews__rule">{words.rule}</View>
        <VillageFilter village={village} onChange={setVillage} />
      </View>
      <ListView
        list={list}
        label={accountConcerns[concern]}
        keyOf={({ personId }) => personId}
        row={(account) => <AccountCard account={account} />}
        empty={{ icon: 'circle-check-big', title: words.none }}
        tiles
      />
    </Page>
  );
}
