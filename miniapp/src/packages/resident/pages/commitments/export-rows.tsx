import type { Round } from '../../../../features/commitments/commitment';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { Row } from '../../../../ui/row';
import { queryOf, type WallFilters } from './wall-filters';

interface ExportRowsProps {
  readonly round: Round;
  readonly filters: WallFilters;
  readonly q: string;
  readonly onDone: () => void;
}

/** For whoever watches over the year: the list as it is filtered now, and the figures. Lines of a bare card. */
export function ExportRows({ round, filters, q, onDone }: ExportRowsProps) {
  const list = usePaper();
  const figures = usePaper();
  const { scope: _, ...wanted } = queryOf(filters);
  const take = (paper: typeof list, ask: Parameters<typeof list.mutate>[0]) => {
    if (!list.isPending && !figures.isPending) paper.mutate(ask, { onSuccess: onDone });
  };
  return (
    <>
      <ActTrouble error={list.error ?? figures.error} />
      <Row
        icon="layout-list"
        title="导出这份清单"
        words={list.isPending ? '正在做表，请等一会儿' : '现在筛选出来的承诺，Excel'}
        onPress={() => take(list, () => call('papers.board', { query: { ...wanted, ...(q === '' ? {} : { q }) } }))}
      />
      <Row
        icon="chart-column"
        title="导出数字"
        words={figures.isPending ? '正在做表，请等一会儿' : `${round.year} 年各党组织、各党员的件数和兑现率，Excel`}
        onPress={() => take(figures, () => call('papers.figures', { query: { roundId: round.id } }))}
      />
    </>
  );
}
