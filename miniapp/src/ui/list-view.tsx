import { View } from '@tarojs/components';
import Taro, { usePullDownRefresh, useReachBottom } from '@tarojs/taro';
import { Fragment, useEffect, useRef, type ReactNode } from 'react';
import type { List } from '../lib/use-call';
import { aria } from './aria';
import { Skeleton } from './await';
import { Button } from './button';
import { classNames } from './class-names';
import { NewsBar } from './news-bar';
import { countWords } from './segments';
import { Placard, Trouble, troubleWords } from './trouble';

interface ListViewProps<Item> {
  readonly list: List<Item>;
  /** For read-aloud: 我的单子. */
  readonly label: string;
  readonly keyOf: (item: Item) => string;
  readonly row: (item: Item) => ReactNode;
  readonly empty: Parameters<typeof Placard>[0];
  /** Cards to look through: as many beside one another as a wide screen has room for. */
  readonly tiles?: boolean;
  /** What is said when so many new ones have come: 有 3 件新单，点这里看. */
  readonly newsWords?: (count: number) => string;
}

const newOrders = (count: number): string => `有 ${countWords(count)} 件新单，点这里看`;

/**
 * A list that is read page by page: skeleton, rows, why it is empty, what went wrong. Pulling down reads it anew (the
 * page's config needs `enablePullDownRefresh`), reaching the end reads on.
 */
export function ListView<Item>({ list, label, keyOf, row, empty, tiles, newsWords = newOrders }: ListViewProps<Item>) {
  const { items, query } = list;
  const more = () => {
    if (query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError) void query.fetchNextPage();
  };
  useReachBottom(more);
  usePullDownRefresh(() => void query.refetch().finally(() => Taro.stopPullDownRefresh()));

  if (query.isPending) return <Skeleton />;
  if (query.error && items.length === 0) return <Trouble error={query.error} onRetry={() => void query.refetch()} />;
  if (items.length === 0) return <Placard {...empty} />;
  return (
    <View className={classNames('list', tiles && 'list--tiles')} {...aria({ role: 'list', label })}>
      {items.map((item) => (
        <View key={keyOf(item)} className="list__item" {...aria({ role: 'listitem' })}>
          {row(item)}
        </View>
      ))}
      <Fragment key="end">
        <ListEnd query={query} onMore={more} />
      </Fragment>
      {list.news !== undefined && <NewsBar news={list.news} words={newsWords} />}
    </View>
  );
}

interface ListEndProps {
  readonly query: List<unknown>['query'];
  readonly onMore: () => void;
}

function ListEnd({ query, onMore }: ListEndProps) {
  const place = useInSight(onMore);
  if (query.error) {
    return (
      <View className="list__end">
        <View>{troubleWords(query.error)}</View>
        <Button short look="plain" icon="rotate-cw" onPress={() => void query.fetchNextPage()}>
          再试一次
        </Button>
      </View>
    );
  }
  if (!query.hasNextPage) return <View className="list__end">就这些了</View>;
  return (
    <View className="list__end" id={place}>
      <Button short look="text" busy={query.isFetchingNextPage} onPress={onMore}>
        再看一些
      </Button>
    </View>
  );
}

let places = 0;

/** Calls `onSeen` whenever the element with the returned id comes into sight; a browser's pane has no "reach bottom". */
function useInSight(onSeen: () => void): string {
  const id = useRef('');
  id.current ||= `list-end-${(places += 1)}`;
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    const element = document.getElementById(id.current);
    if (!element) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onSeen();
    });
    observer.observe(element);
    return () => observer.disconnect();
  });
  return id.current;
}
