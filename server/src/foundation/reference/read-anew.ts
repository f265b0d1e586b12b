import type { Db } from '../database/connect';

/** Every process reads the reference anew (reference.ts); until the commit, whoever else would change it waits. */
export const makeReadAnew = (db: Db): Promise<number> => db.write('UPDATE tree SET version = version + 1 WHERE id = 1');
