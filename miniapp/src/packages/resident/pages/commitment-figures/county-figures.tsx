import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Placard } from '../../../../ui/trouble';
import { FigureList } from './figure-list';
import { OrderChoice, type OrderProps } from './order-choice';

/** The towns of a county side by side. Their years need not end on the same day. */
export function CountyFigures({ year, order, onOrder }: OrderProps & { year: number }) {
  const query = useCall('rounds.yearFigures', { params: { year: String(year) }, query: { order } });
  useFreshOnShow(query);
  return (
    <Await query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Placard icon="chart-column" title="这一年还没有数字" />
        ) : (
          <>
            <OrderChoice order={order} onOrder={onOrder} />
            <FigureList
              rows={rows}
              isOver={false}
              onOpen={({ roundId }) => void go('commitmentFigures', { roundId })}
            />
          </>
        )
      }
    </Await>
  );
}
