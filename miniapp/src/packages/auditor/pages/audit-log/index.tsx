import { auditKinds, type AuditKind } from '@sandan/shared/audit/audit.words';
import { View } from '@tarojs/components';
import { useState, type PropsWithChildren } from 'react';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { useList } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Button } from '../../../../ui/button';
import { ListView } from '../../../../ui/list-view';
import { Page } from '../../../../ui/page';
import { Segments } from '../../../../ui/segments';
import { Sheet } from '../../../../ui/sheet';
import { Placard } from '../../../../ui/trouble';
import { TwoPane, useWide } from '../../../../ui/two-pane';
import { ChainState } from './chain-state';
import { EntryDetail } from './entry-detail';
import { EntryRow, type Entry } from './entry-row';
import { FilterBar } from './filter-bar';
import { noFilters, queryOf, type Filters } from './filters';
import './index.scss';

const segments = [
  { value: 'all' as const, words: '全部' },
  ...(Object.keys(auditKinds) as AuditKind[]).map((value) => ({ value, words: auditKinds[value] })),
];

/** 审计记录: who did what, when, on what; and whether anybody has touched it since. */
export default function AuditLogPage() {
  const wide = useWide();
  const [filters, setFilters] = useState<Filters>(noFilters);
  const list = useList('audit.list', queryOf(filters));
  const paper = usePaper();
  useFreshOnShow(list.query);
  const [selected, select] = useState<string | null>(null);
  const shown = list.items.find(({ id }) => id === selected) ?? (wide ? list.items[0] : undefined);

  const change = (some: Partial<Filters>) => {
    select(null);
    setFilters({ ...filters, ...some });
  };
  const exporting = (
    <Button
      short
      look="text"
      icon="file-spreadsheet"
      label="导出审计记录，Excel"
      busy={paper.isPending}
      onPress={() => paper.mutate(() => call('audit.export', { query: queryOf(filters) }))}
    >
      导出 Excel
    </Button>
  );
  const rows = (
    <ListView
      list={list}
      label="审计记录"
      keyOf={({ id }) => id}
      row={(entry) => <EntryRow entry={entry} selected={wide && entry === shown} onPress={() => select(entry.id)} />}
      empty={{ icon: 'shield-check', title: '没有这样的记录', words: '换个日期，或者点“全部”再看。' }}
    />
  );
  const detail = (entry: Entry) => <EntryDetail entry={entry} onNarrow={change} />;
  return (
    <Page title="审计记录" wide>
      <View className={wide ? 'audit audit--wide' : 'audit'}>
        <View className="audit__top">
          <ChainState />
          <Segments label="看哪一类" segments={segments} value={filters.kind} onChange={(kind) => change({ kind })} />
          <FilterBar filters={filters} onChange={change} end={exporting} />
          <ActTrouble error={paper.error} />
        </View>
        {wide ? (
          <TwoPane
            list={rows}
            ids={list.items.map(({ id }) => id)}
            selected={shown?.id ?? null}
            onSelect={select}
            detail={
              shown ? (
                <Named entry={shown}>{detail(shown)}</Named>
              ) : (
                <Placard icon="shield-check" title="选中的记录在这里看" />
              )
            }
          />
        ) : (
          rows
        )}
      </View>
      {!wide && shown && (
        <Sheet title={shown.actName} open onClose={() => select(null)}>
          {detail(shown)}
        </Sheet>
      )}
    </Page>
  );
}

/** Beside the list it needs a heading; a sheet has its own. */
const Named = ({ entry, children }: PropsWithChildren<{ entry: Entry }>) => (
  <>
    <View className="audit-detail__title">{entry.actName}</View>
    {children}
  </>
);
