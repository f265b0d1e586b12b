import type { Reading } from '../../foundation/database/connect';
import { rowOf } from '../../foundation/database/rows';
import type { PhoneConnection } from './connection.entity';

export type Connection = Omit<PhoneConnection, 'codeHash'>;

const columns = `id, person_id, session_id, state, browser, network, phone_person_id, check_digits, tries, asked_at,
  expires_at`;

async function one(db: Reading, where: string, values: (string | Buffer)[]): Promise<Connection | null> {
  const [row] = await db.query<Record<string, unknown>>(
    `SELECT ${columns} FROM phone_connection WHERE ${where}`,
    values,
  );
  return row ? rowOf<Connection>(row) : null;
}

export const connectionByCode = (db: Reading, codeHash: Buffer) => one(db, 'code_hash = ?', [codeHash]);
/** That of one session alone: what another one has asked for is not there. */
export const connectionAskedBy = (db: Reading, id: string, sessionId: string) =>
  one(db, 'id = ? AND session_id = ?', [id, sessionId]);
export const lockedConnection = (db: Reading, id: string, sessionId: string) =>
  one(db, 'id = ? AND session_id = ? FOR UPDATE', [id, sessionId]);

export async function asksOf(db: Reading, personId: string, since: Date): Promise<number> {
  const [row] = await db.query<{ asks: number }>(
    'SELECT COUNT(*) AS asks FROM phone_connection WHERE person_id = ? AND asked_at > ?',
    [personId, since],
  );
  return Number(row?.asks ?? 0);
}
