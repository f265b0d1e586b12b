import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { NoticeSheet } from '../../../../features/commitments/notice-sheet';
import { usePaper } from '../../../../features/commitments/use-paper';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { useMe } from '../../../../lib/session';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { Sheet } from '../../../../ui/sheet';
import { queryOf, type WallFilters } from './wall-filters';

interface WallPapersProps {
  readonly round: Round;
  readonly filters: WallFilters;
  readonly q: string;
}

/** 公示表 for everybody who sees the wall; whoever watches over the year may take out the list and the figures as well. */
export function WallPapers({ round, filters, q }: WallPapersProps) {
  const watches = useMe()?.can.includes('round.watch') ?? false;
  const [open, setOpen] = useState<'notice' | 'menu' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button short look="text" icon="file-text" onPress={() => setOpen(watches ? 'menu' : 'notice')}>
        {watches ? '打印、导出' : '公示表'}
      </Button>
      {open === 'notice' && <NoticeSheet round={round} onClose={close} />}
      {open === 'menu' && (
        <PaperMenu round={round} filters={filters} q={q} onNotice={() => setOpen('notice')} onClose={close} />
      )}
    </>
  );
}

interface PaperMenuProps extends WallPapersProps {
  readonly onNotice: () => void;
  readonly onClose: () => void;
}

function PaperMenu({ round, filters, q, onNotice, onClose }: PaperMenuProps) {
  const paper = usePaper();
  const { scope: _, ...wanted } = queryOf(filters);
  const take = (ask: Parameters<typeof paper.mutate>[0]) => {
    if (!paper.isPending) paper.mutate(ask, { onSuccess: onClose });
  };
  return (
    <Sheet title={paper.isPending ? '正在做表，请等一会儿' : '打印、导出'} open onClose={onClose}>
      <ActTrouble error={paper.error} />
      <Card bare>
        <Row icon="file-text" title="打印公示表" words="A3 纸，贴到公示栏；也有 Excel" onPress={onNotice} />
        <Row
          icon="layout-list"
          title="导出这份清单"
          words="现在筛选出来的承诺，Excel"
          onPress={() => take(() => call('papers.board', { query: { ...wanted, ...(q === '' ? {} : { q }) } }))}
        />
        <Row
          icon="chart-column"
          title="导出数字"
          words={`${round.year} 年各党组织、各党员的件数和兑现率，Excel`}
          onPress={() => take(() => call('papers.figures', { query: { roundId: round.id } }))}
        />
      </Card>
      <View className="wall__export-note">导出的表上写着您的名字，也会记下来。</View>
    </Sheet>
  );
}
