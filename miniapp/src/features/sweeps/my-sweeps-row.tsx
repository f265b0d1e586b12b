import { useCarried } from '../../lib/carried';
import { go } from '../../lib/navigation';
import { useMe } from '../../lib/session';
import { useFreshOnShow } from '../../lib/use-fresh-on-show';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';

/** 派给我的排查, where there is any: a line above what else is in hand. */
export const MySweepsRow = () => (useMe()?.can.includes('sweep.record') ? <Mine /> : null);

function Mine() {
  const query = useCarried('sweeps.mine');
  useFreshOnShow(query);
  const items = query.data?.items ?? [];
  const [only] = items;
  if (!only) return null;
  const left = items.reduce((sum, { households, done }) => sum + households - done, 0);
  const urgent = items.some(({ kind }) => kind === 'rollCall');
  const open = () => (items.length === 1 ? go('sweepRound', { sweepId: only.id }) : go('mySweeps'));
  return (
    <Card bare>
      <Row
        icon={urgent ? 'siren' : 'clipboard-list'}
        title={items.length === 1 ? only.title : `${items.length} 次排查`}
        words={left > 0 ? `还有 ${left} 户没去` : '都去过了'}
        onPress={() => void open()}
      />
    </Card>
  );
}
