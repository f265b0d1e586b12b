import { View } from '@tarojs/components';
import { useState } from 'react';
import type { ChosenGrid } from '../../../../features/grids/grid-choice';
import { VillageFilter } from '../../../../features/grids/village-filter';
import { useMe, type Me } from '../../../../lib/session';
import { Page } from '../../../../ui/page';
import { Placard } from '../../../../ui/trouble';
import { Segments } from '../../../../ui/segments';
import { VisitCounts } from './visit-counts';
import { OverdueMembers } from './overdue-members';
import { RemindVisits } from './remind-visits';
import './index.scss';

const segments = [
  { value: 'overdue', words: '还没去的' },
  { value: 'grid', words: '按村组' },
  { value: 'branch', words: '按支部' },
] as const;
type Shown = (typeof segments)[number]['value'];

/** The largest place whose visits I watch over. */
const ownGrid = ({ roles }: Me): string | null =>
  ['county', 'town', 'village', 'group'].flatMap(
    (tier) => roles.find((role) => role.tree === 'party' && role.tier === tier)?.gridId ?? [],
  )[0] ?? null;

/** 大走访: who still has to go, and how many households were visited. Counts; nobody is ranked. */
export default function VisitFiguresPage() {
  const me = useMe();
  const [shown, show] = useState<Shown>('overdue');
  const [village, choose] = useState<ChosenGrid | null>(null);
  const gridId = village?.gridId ?? (me && ownGrid(me));
  return (
    <Page title="大走访" wide bottom={gridId && shown === 'overdue' ? <RemindVisits gridId={gridId} /> : undefined}>
      <View className="visit-figures__top">
        <Segments label="看什么" segments={segments} value={shown} onChange={show} />
        <VillageFilter village={village} onChange={choose} />
      </View>
      {me && !gridId && <Placard icon="house" title="没有归您看的走访" words="大走访由党组织书记、副书记来看。" />}
      {gridId && shown === 'overdue' && <OverdueMembers key={gridId} gridId={gridId} />}
      {gridId && shown !== 'overdue' && <VisitCounts gridId={gridId} by={shown} />}
    </Page>
  );
}
