import { seatLifecycle } from '@sandan/shared/orders/task.lifecycle';
import { Card } from '../../../ui/card';
import { Row } from '../../../ui/row';
import { Tag } from '../../../ui/tags';
import { byWords } from '../../../lib/time-words';
import { useNow } from '../../../lib/use-now';
import type { OrderTask } from '../order';

type Seat = OrderTask['seats'][number];

function seatWords({ promisedAt, askedUntil, state, mine }: Seat, now: number): string | null {
  if (askedUntil && !mine) return '职务有变动，等他说接着办还是交出';
  return promisedAt && state === 'taken' ? `约的是${byWords(promisedAt, now)}` : null;
}

/** Who is in it: the seats of a team, whoever had it before, the outside unit with its keeper. */
export function TaskPeople({ task }: { task: OrderTask }) {
  const now = useNow();
  const { seats, external, mode, places, taken, assignee, state } = task;
  const waits = state === 'offered' && assignee !== null && !external;
  const onlyMe = mode !== 'team' && seats.every(({ mine }) => mine);
  if (onlyMe && !external && !waits) return null;
  const nobody = mode === 'team' && seats.length === 0;
  return (
    <Card bare title={mode === 'team' ? `一起办的人（${taken}/${places}）` : '谁在办'}>
      {external && (
        <Row
          title={external.unit}
          words={[
            external.contact,
            external.letterNumber && `编号 ${external.letterNumber}`,
            external.dueOn && `${external.dueOn} 前答复`,
            external.keeper && `${external.keeper}跟着`,
          ]
            .filter(Boolean)
            .join(' · ')}
        />
      )}
      {waits && <Row title={assignee} words="等他签收" />}
      {nobody && <Row title="还没有人接" words="第一个接的人带头，也由他来报办完" />}
      {seats.map((seat) => (
        <Row
          key={seat.personId}
          title={`${seat.name}（${seat.kindName}）`}
          words={seatWords(seat, now)}
          end={
            <Tag
              colour={seatLifecycle.states[seat.state].stage}
              words={seat.mine ? '您' : seatLifecycle.states[seat.state].name}
            />
          }
        />
      ))}
    </Card>
  );
}
