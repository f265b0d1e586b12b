import { useState } from 'react';
import { GridChoice, type ChosenGrid } from '../../../../features/grids/grid-choice';
import { servedGrid } from '../../../../features/grids/served-grid';
import { useMe } from '../../../../lib/session';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Page } from '../../../../ui/page';
import { LinkDesk } from './link-desk';
import './index.scss';

/** 联户: the plan for a village, adjusted and applied by its secretary. */
export default function HouseholdLinksPage() {
  const me = useMe();
  const [chosen, choose] = useState<ChosenGrid | null>(null);
  if (!me) return <Page title="联户">{null}</Page>;
  const { group, underId } = servedGrid(me);
  const village = me.roles.find(({ tier, gridId }) => tier === 'village' && gridId !== null);
  const own = group ?? (village?.gridId ? { gridId: village.gridId, words: village.nodeName } : null);
  const grid = chosen ?? own;
  if (grid)
    return (
      <LinkDesk key={grid.gridId} gridId={grid.gridId} aside={own ? null : <Another onPress={() => choose(null)} />} />
    );
  return (
    <Page title="联户">
      <Card title="安排哪个村">
        <GridChoice label="哪个村" value={null} to="village" {...(underId ? { underId } : {})} onChange={choose} />
      </Card>
    </Page>
  );
}

const Another = ({ onPress }: { onPress: () => void }) => (
  <Button short look="text" icon="list-filter" onPress={onPress}>
    换一个村
  </Button>
);
