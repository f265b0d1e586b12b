import type { Reaction } from '../../foundation/outbox/outbox';
import { checkersOf } from '../households/flag-checks.queries';
import { writeTold } from './link-messages';

/** 特殊情况要核对: to the linked member and to who serves the group. A count only: what it is stands in no message. */
export const flagMessages: Reaction = {
  name: 'messages.flags',
  wants: ({ thing, action }) => thing === 'flags' && action === 'checksDue',
  run: async (db, event) => {
    const window = {
      townId: event.thingId,
      from: typeof event.facts?.['from'] === 'string' ? event.facts['from'] : null,
      before: String(event.facts?.['before']),
    };
    const checkers = await checkersOf(db, window, event.at);
    await writeTold(
      db,
      event,
      checkers.map(({ personId, households, isLinked }) => [
        ...([
          personId,
          isLinked ? 'tasks' : 'desk',
          '有几户的情况要核对',
          `有 ${households} 户登记的情况满一年了，看看还是不是这样。`,
        ] as const),
        isLinked ? 'visits' : 'checks',
      ]),
    );
  },
};
