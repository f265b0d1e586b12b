import type { Reaction } from '../../foundation/outbox/outbox';
import { successorsOf } from '../orders/held-tasks.queries';
import { personName } from '../posts/posts.queries';
import { writeTold } from './link-messages';

/** 换届: whoever had a post is asked about his tasks; who follows him hears how many there are. Counts only. */
export const heldTaskMessages: Reaction = {
  name: 'messages.heldTasks',
  wants: ({ thing, action }) => thing === 'heldTasks' && action === 'ask',
  run: async (db, event) => {
    const personId = String(event.facts?.['personId']);
    const count = Number(event.facts?.['count']);
    const name = await personName(db, personId);
    const successors = await successorsOf(db, event.thingId, event.at);
    const mayKeep = event.facts?.['mayKeep'] === true;
    const toHolder = mayKeep
      ? `您的职务有变动，手上还有 ${count} 件任务。请逐件选：接着办，还是交出去。3 个工作日内没有答复，村里会来问您。`
      : `您的职务已经结束，手上的 ${count} 件任务明天由村里收回，另外安排人。`;
    const title = mayKeep ? '手上的任务请您定' : '手上的任务明天收回';
    await writeTold(db, event, [
      [personId, 'tasks', title, toHolder, mayKeep ? 'myTasks' : null],
      ...successors.map(
        (id) =>
          [
            id,
            'desk',
            '前任手上的任务',
            `${name ?? '前任'}手上还有 ${count} 件任务，${mayKeep ? '正在请他选接着办还是交出来' : '明天由村里收回，另外安排人'}。`,
            null,
          ] as const,
      ),
    ]);
  },
};
