import type { z } from 'zod';
import type { Answer, HistoryItem, PhotoLink, Supervision } from '@sandan/shared/orders/order.schema';
import type { Caller } from '../../foundation/access/caller';
import { heldIn } from '../../foundation/checks/held-in';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';
import { roleNameOf } from './advance';
import { actionName, detailOf } from './history-words';
import type { OrderRecord, TaskOfRecord } from './order-record';
import { somebody } from './people.presenter';

/** What stands beside an order, as read for its detail. */
export interface Beside {
  history: HistoryRow[];
  photos: { id: string; thingId: string; width: number; height: number; ownerId: string; held: number }[];
  voice: { id: string; seconds: number; held: number; words: string | null } | null;
  answers: AnswerRow[];
  supervisions: SupervisionRow[];
}

export interface HistoryRow {
  id: string;
  thing: string;
  thingId: string;
  action: string;
  actorId: string | null;
  actorName: string;
  actorRole: string;
  at: Date;
  fromState: string | null;
  toState: string | null;
  words: string | null;
  facts: HistoryFacts | null;
  held: number;
}
export interface AnswerRow {
  personId: string | null;
  personName: string | null;
  method: 'self' | 'callback';
  recordedByName: string | null;
  contacted: number;
  solved: number;
  stars: number;
  words: string | null;
  decides: number;
  at: Date;
}
export interface SupervisionRow {
  byName: string;
  byRole: string;
  words: string;
  dueOn: string | null;
  at: Date;
  answeredAt: Date | null;
}

/** The row of a task's latest report, which carries its photos; of what was settled on the spot, the settling itself. */
export const reportOf = (task: TaskOfRecord, newestFirst: readonly HistoryRow[]): HistoryRow | undefined =>
  newestFirst.find(({ action, thingId, at }) =>
    thingId === task.id
      ? action === 'report'
      : task.onTheSpot === 1 && action === 'settle' && at.getTime() === task.offeredAt.getTime(),
  );

export function presentHistory(
  row: HistoryRow,
  record: OrderRecord,
  caller: Caller,
  links: (thingId: string) => z.input<typeof PhotoLink>[],
): z.input<typeof HistoryItem> {
  const mine = row.actorId === caller.personId;
  return {
    id: row.id,
    action: row.action,
    name: actionName(row.thing, row.action),
    at: row.at.toISOString(),
    actor: somebody(row.actorName, row.actorRole, mine, record, caller),
    ...(mine ? { mine } : {}),
    fromState: row.fromState,
    toState: row.toState,
    taskId: row.thing === 'task' ? row.thingId : null,
    words: row.words,
    ...heldIn(row.held),
    detail: detailOf(row.action, row.facts),
    photos: links(row.id),
  };
}

export function presentAnswer(answer: AnswerRow, record: OrderRecord, caller: Caller): z.input<typeof Answer> {
  const byCallback = answer.method === 'callback';
  const name = byCallback ? (answer.recordedByName ?? '') : (answer.personName ?? '');
  return {
    by: somebody(name, byCallback ? 'deskLead' : 'resident', answer.personId === caller.personId, record, caller),
    method: answer.method,
    contacted: answer.contacted === 1,
    solved: answer.solved === 1,
    stars: answer.stars,
    words: answer.words,
    at: answer.at.toISOString(),
    decides: answer.decides === 1,
  };
}

export const presentSupervision = (row: SupervisionRow): z.input<typeof Supervision> => ({
  by: { name: row.byName, role: row.byRole, roleName: roleNameOf(row.byRole), onBehalfOf: null },
  words: row.words,
  dueOn: row.dueOn,
  at: row.at.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
});
