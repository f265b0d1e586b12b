import { CommitmentRow } from '../../features/commitments/commitment-card';
import { go } from '../../lib/navigation';
import type { Me } from '../../lib/session';
import { useCall } from '../../lib/use-call';
import { Skeleton } from '../../ui/await';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { SectionTrouble } from './section-trouble';

const shown = 2;

/** What branches and members have promised: to my village, where I live; else in the town where I work. */
export const VillagePromises = ({ me }: { me: Me }) =>
  me.can.includes('commitment.read') && me.town !== null ? <Promises here={me.home !== null} /> : null;

function Promises({ here }: { here: boolean }) {
  const title = here ? '我们村的承诺' : '承诺墙';
  const query = useCall('commitments.list', {
    query: { scope: 'wall', limit: shown, ...(here ? { here: 'true' } : {}) },
  });
  if (query.error && !query.data) {
    return <SectionTrouble title={title} error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <Skeleton rows={1} />;
  const { items } = query.data;
  return (
    <Card bare title={title} aside={items.length > 0 && <All />}>
      {items.length === 0 && (
        <Row
          icon="handshake"
          title="党组织和党员答应办的事"
          words="公示了就写在承诺墙上，办没办成大家评。"
          onPress={() => void go('commitments', {})}
        />
      )}
      {items.map((commitment) => (
        <CommitmentRow key={commitment.id} commitment={commitment} />
      ))}
    </Card>
  );
}

const All = () => (
  <Button short look="text" label="看全部的承诺" onPress={() => void go('commitments', {})}>
    全部
  </Button>
);
