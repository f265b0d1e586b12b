import type { Reaction } from '../../foundation/outbox/outbox';
import { makeReadAnew } from '../../foundation/reference/read-anew';
import { endDelegated, notePostNow, type Teller } from './post-telling';
import { postsOfPerson } from './posts.queries';
import { stateOf } from './posts.presenter';

const reason = '去世';

/** 在任去世: his posts end with him, are told to the level above and stand in the audit; nobody stands in for the dead. */
export const postsOfTheDead: Reaction = {
  name: 'posts.ofTheDead',
  wants: ({ thing, action }) => thing === 'person' && action === 'die',
  run: async (db, { thingId: personId, actorId, actorName, actorRole, at: now }, reference) => {
    if (actorId === null) throw new Error('Nobody has written down this death');
    const teller: Teller = { actorId, actorName, actorRole, onBehalfId: null, answerableId: actorId, now, reference };
    const held = (await postsOfPerson(db, personId)).filter((post) => stateOf(post, now) !== 'over');
    for (const { id, behalfOfId } of held) {
      // One that was to begin later never begins.
      await db.write(
        `UPDATE role_grant SET ends_at = ?, starts_at = LEAST(starts_at, ends_at), end_reason = ?, ended_by_id = ? WHERE id = ?`,
        [now, reason, actorId, id],
      );
      await endDelegated(db, teller, [id]);
      await notePostNow(db, teller, behalfOfId === null ? 'end' : 'endDelegation', id);
    }
    if (held.length > 0) await makeReadAnew(db);
  },
};
