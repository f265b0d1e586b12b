import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { go } from '../../lib/navigation';
import { Card } from '../../ui/card';
import { PhotoPair, PhotoRow } from '../../ui/photos';
import { Row } from '../../ui/row';
import { Story } from '../../ui/story';
import type { Commitment } from './commitment';
import { complainableIn } from './complainable';
import { ComplainRow } from '../reviews/complain-row';
import { CommitmentChanges } from './commitment-changes';
import { CommitmentPromise } from './commitment-promise';
import { CommitmentStanding } from './commitment-standing';
import { CommitmentDisputes, CommitmentOpinions, CommitmentRatings } from './commitment-voices';
import './commitment-view.scss';

/**
 * A deed, for whoever may see it: where it stands, what exactly was promised, how it looked before and after, what people
 * say and what they were answered, every wording it ever had, the story. The buttons stand at the foot of the page.
 */
export const CommitmentView = ({ commitment, share }: { commitment: Commitment; share?: ReactNode }) => (
  <View className="commitment-view">
    <CommitmentStanding commitment={commitment} />
    {share}
    <BeforeAndAfter commitment={commitment} />
    <CommitmentPromise commitment={commitment} />
    <CommitmentDisputes disputes={commitment.disputes} />
    <CommitmentOpinions commitment={commitment} />
    <CommitmentRatings commitment={commitment} />
    <CommitmentChanges commitment={commitment} />
    <Orders commitment={commitment} />
    <Card title="经过">
      <Story history={commitment.history.map((step) => ({ ...step, detail: stepWords(commitment, step) }))} />
    </Card>
    <ComplainRow things={complainableIn(commitment)} />
  </View>
);

type Step = Commitment['history'][number];

/** What a step says in numbers: 做到 2 盏，50%. */
function stepWords({ unit }: Commitment, { quantityDone, percent }: Step): string | null {
  const parts = [
    quantityDone === null || unit === null ? null : `${quantityDone} ${unit}`,
    percent === null ? null : `${percent}%`,
  ].filter((words) => words !== null);
  return parts.length === 0 ? null : `做到 ${parts.join('，')}`;
}

function titleOf(before: number, after: number): string {
  if (after === 0) return '现在的样子';
  return before === 0 ? '办完后的样子' : '前后对比';
}

/** The first of each side by side; the others below. */
function BeforeAndAfter({ commitment: { before, after } }: { commitment: Commitment }) {
  if (before.length + after.length === 0) return null;
  const others = [...before.slice(1), ...after.slice(1)];
  return (
    <Card title={titleOf(before.length, after.length)}>
      {after.length > 0 ? (
        <PhotoPair before={before[0] ?? null} after={after[0] ?? null} />
      ) : (
        <PhotoRow photos={before} />
      )}
      {after.length > 0 && <PhotoRow photos={others} />}
    </Card>
  );
}

/** The same fact is not typed twice: the orders it grew out of, or that were done under it. */
function Orders({ commitment: { orders, otherOrders } }: { commitment: Commitment }) {
  if (orders.length + otherOrders === 0) return null;
  const others = orders.length === 0 ? `连着 ${otherOrders} 张单子` : `另有 ${otherOrders} 张`;
  return (
    <Card bare title="连着的单子">
      {orders.map(({ id, title, stateName }) => (
        <Row
          key={id}
          icon="clipboard-list"
          title={title}
          words={stateName}
          onPress={() => void go('order', { orderId: id })}
        />
      ))}
      {otherOrders > 0 && <Row title={others} words="有关的人才看得到。" />}
    </Card>
  );
}
