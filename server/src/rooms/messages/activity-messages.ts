import type { Reaction } from '../../foundation/outbox/outbox';
import { joinedBy } from '../activities/activities.queries';
import { messageOn, writeMessages } from './write-messages';

/** 活动 changed or cancelled: whoever signed up hears of it before he sets out. */
export const activityMessages: Reaction = {
  name: 'messages.activities',
  wants: ({ thing, action }) => thing === 'activity' && (action === 'change' || action === 'cancel'),
  run: async (db, event) => {
    const activity = await joinedBy(db, event.thingId);
    if (!activity) return;
    const isCancelled = event.action === 'cancel';
    // 正在审核: what its page does not say is said in no message either.
    const name = activity.held ? '您报名的活动' : `“${activity.title}”`;
    const why = activity.held ? '。' : `：${event.words ?? ''}`;
    const words = isCancelled ? `${name}取消了${why}` : `${name}的时间或地点改了，请点开看看。`;
    const receivers = activity.personIds.filter((id) => id !== event.actorId);
    const title = isCancelled ? '活动取消了' : '活动有变化';
    const opens = { about: 'activity' as const, aboutId: event.thingId };
    await writeMessages(
      db,
      receivers.map((personId) => messageOn(event, { personId, topic: 'home', title, words, ...opens })),
    );
  },
};
