import type { Reaction } from '../../foundation/outbox/outbox';
import { followFlags } from './visit-rhythm';

/** What stood on consent ended with it (rooms/privacy): the visits follow. */
export const flagsFollowed: Reaction = {
  name: 'households.flags',
  wants: ({ thing, action }) => thing === 'household' && action === 'endFlags',
  run: (db, { thingId, at }) => followFlags(db, [thingId], at),
};
