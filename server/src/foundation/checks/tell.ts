import type { Db } from '../database/connect';
import { newId } from '../ids';
import { History } from '../outbox/history.entity';
import type { ContentCheck } from './content-check.entity';

/**
 * An event that no person caused. `hold`: its writer hears that a person looks at it. `gone`: whoever complained of it
 * hears that it is not shown any more.
 */
export const tell = (
  db: Db,
  { id, townId, version, field }: Pick<ContentCheck, 'id' | 'townId' | 'version' | 'field'>,
  action: 'hold' | 'gone',
  now: Date,
): Promise<void> =>
  db.insert(History, [
    {
      ...{ id: newId(now), thing: 'review', thingId: id, aggregateId: id, seq: version + 1, townId, action },
      ...{ actorId: null, actorName: '系统', actorRole: 'system', onBehalfId: null, at: now },
      ...{ fromState: null, toState: null, words: null, facts: { field }, fannedOutAt: null },
    },
  ]);
