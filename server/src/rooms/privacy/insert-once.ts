import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { isDuplicate, SomebodyWasQuicker } from '../../foundation/database/conflicts';
import type { Db } from '../../foundation/database/connect';

/** Of two equal requests at once the key lets one pass; the other starts anew and reads what that one made. */
export const insertOnce = <E extends ObjectLiteral>(
  db: Db,
  entity: EntityTarget<E>,
  rows: readonly Partial<E>[],
): Promise<void> =>
  db.insert(entity, rows).catch((error: unknown) => {
    throw isDuplicate(error) ? new SomebodyWasQuicker() : error;
  });
