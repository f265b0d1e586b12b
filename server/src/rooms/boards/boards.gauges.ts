import type { Stage } from '@sandan/shared/lifecycle';
import type { Gauges } from '../../foundation/http/service-gauges';

/** Orders by stage, for the operator's monitor. */
export const orderGauges: Gauges = {
  help: { sandan_orders: 'Orders by stage' },
  label: 'stage',
  read: async ({ database }) => {
    const rows = await database.reading.query<{ stage: Stage; orders: string }>(
      'SELECT stage, COUNT(*) AS orders FROM service_order GROUP BY stage',
    );
    return rows.map(({ stage, orders }) => ({ name: 'sandan_orders', label: stage, value: Number(orders) }));
  },
};
