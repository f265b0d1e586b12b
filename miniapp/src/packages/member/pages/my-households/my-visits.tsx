import { VisitCard } from '../../../../features/households/visit-card';
import { useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { ListView } from '../../../../ui/list-view';

/** 我的走访记录, the newest first. */
export function MyVisits() {
  const list = useList('visits.mine', {});
  useFreshOnShow(list.query);
  return (
    <ListView
      list={list}
      label="我的走访记录"
      keyOf={({ id }) => id}
      row={(visit) => <VisitCard visit={visit} />}
      empty={{ icon: 'calendar-days', title: '还没有走访记录', words: '去过哪家，回来写一句就行。' }}
    />
  );
}
