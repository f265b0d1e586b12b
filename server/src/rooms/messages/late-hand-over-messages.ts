import type { Reaction } from '../../foundation/outbox/outbox';
import { peopleConcerned } from '../orders/orders.queries';
import { reminderOf } from '../orders/told-orders.queries';
import { wordsFor } from './message-words';
import { messageOn, writeMessages } from './write-messages';

/**
 * 转办 after its time was half over: the reminder had gone to whoever had the task before. Who has it now is given the same
 * one, in WeChat too once the last quarter has come; where it was his already, it is no second one.
 */
export const lateHandOverMessages: Reaction = {
  name: 'messages.lateHandOver',
  wants: ({ thing, action }) => thing === 'task' && action === 'agreeHandOver',
  run: async (db, event) => {
    const { aggregateId: orderId, thingId: taskId, actorId: personId, at } = event;
    const reminder = await reminderOf(db, { orderId, taskId, at });
    const people = reminder && (await peopleConcerned(db, orderId, at));
    if (!people || !personId?.length) return;
    const reminded = { ...event, thing: 'clock', action: 'halfTime' };
    const words = wordsFor(reminded, 'clockHolder', people);
    if (!words) return;
    const wechat = { kind: 'dueSoon' as const, onceKey: reminder.eventId, orderId };
    const opens = { about: 'order' as const, aboutId: orderId };
    await writeMessages(db, [messageOn(reminded, { personId, topic: 'tasks', ...words, ...opens, wechat })]);
  },
};
