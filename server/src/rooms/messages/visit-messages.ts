import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { secretariesOfGrids } from '../households/links.queries';
import { overdueByGrid, remindedVisitors } from '../households/visit-news.queries';
import { writeTold } from './link-messages';

type Told = Parameters<typeof writeTold>[2];

/** 大走访: a reminder to who is late, and on Mondays to the secretaries how many households wait. Counts, no names. */
export const visitMessages: Reaction = {
  name: 'messages.visits',
  wants: ({ thing }) => thing === 'visits',
  run: async (db, event, reference) => {
    await writeTold(db, event, await (event.action === 'remind' ? reminders(db, event) : digest(db, event, reference)));
  },
};

async function reminders(db: Db, event: DomainEvent): Promise<Told> {
  const late = await remindedVisitors(db, event.id);
  return late.map(({ memberId, overdue }) => [
    ...([
      memberId,
      'tasks',
      '有几户该走访了',
      `${event.actorName}提醒您：有 ${Number(overdue)} 户过了时间还没走访，方便时去坐坐。`,
    ] as const),
    'visits',
  ]);
}

async function digest(db: Db, event: DomainEvent, { tree }: Reference): Promise<Told> {
  const gridIds = tree.grids.filter(({ id }) => tree.isWithin(id, event.thingId)).map(({ id }) => id);
  const byGrid = await overdueByGrid(db, gridIds, event.at);
  const villages = [...new Set(byGrid.map(({ gridId }) => tree.gridOf(gridId).village ?? gridId))].sort();
  const counts = new Map<string, number>();
  for (const village of villages) {
    const overdue = byGrid
      .filter(({ gridId }) => tree.isWithin(gridId, village))
      .reduce((sum, row) => sum + row.overdue, 0);
    for (const id of await secretariesOfGrids(db, [village], event.at)) counts.set(id, (counts.get(id) ?? 0) + overdue);
  }
  return [...counts].map(([id, overdue]) => [
    ...([id, 'desk', '这周的走访', `有 ${overdue} 户过了时间还没走访，点开看看是谁联系的，可以提醒一声。`] as const),
    'overdue',
  ]);
}
