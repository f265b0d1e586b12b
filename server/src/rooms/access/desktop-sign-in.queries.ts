import type { Db, Reading } from '../../foundation/database/connect';
import type { DesktopSignIn } from './desktop-sign-in.entity';

export type Asked = Omit<DesktopSignIn, 'codeHash' | 'secretHash' | 'addressHash'>;

const columns = `id, state, browser, network, person_id AS personId, check_digits AS checkDigits, tries,
       asked_at AS askedAt, expires_at AS expiresAt, decided_at AS decidedAt`;

export async function askedByCode(reading: Reading, codeHash: Buffer): Promise<Asked | null> {
  const [row] = await reading.query<Asked>(`SELECT ${columns} FROM desktop_sign_in WHERE code_hash = ?`, [codeHash]);
  return row ?? null;
}

export async function askedBySecret(reading: Reading, secretHash: Buffer): Promise<Asked | null> {
  const [row] = await reading.query<Asked>(
    `SELECT ${columns} FROM desktop_sign_in WHERE secret_hash = ?`,
    [secretHash],
    'prepared',
  );
  return row ?? null;
}

export async function askedById(reading: Reading, id: string): Promise<Asked | null> {
  const [row] = await reading.query<Asked>(`SELECT ${columns} FROM desktop_sign_in WHERE id = ?`, [id]);
  return row ?? null;
}

/** Held until the transaction ends: a hundred guesses at once are a hundred guesses one after the other. */
export async function lockedAsked(db: Db, id: string): Promise<Asked | null> {
  const [row] = await db.query<Asked>(`SELECT ${columns} FROM desktop_sign_in WHERE id = ? FOR UPDATE`, [id]);
  return row ?? null;
}

export async function askedSince(reading: Reading, addressHash: Buffer, since: Date): Promise<number> {
  const [row] = await reading.query<{ asked: number }>(
    'SELECT COUNT(*) AS asked FROM desktop_sign_in WHERE address_hash = ? AND asked_at > ?',
    [addressHash, since],
  );
  return Number(row?.asked ?? 0);
}

/** Nobody is administrator here yet: a fresh installation. */
export async function isUnattended(reading: Reading): Promise<boolean> {
  const [row] = await reading.query<{ found: number }>(
    "SELECT EXISTS (SELECT 1 FROM role_grant WHERE role = 'admin') AS found",
  );
  return Number(row?.found) === 0;
}

export async function isDisabled(reading: Reading, personId: string): Promise<boolean> {
  const [row] = await reading.query<{ disabledAt: Date | null }>(
    'SELECT disabled_at AS disabledAt FROM person WHERE id = ?',
    [personId],
  );
  return row === undefined || row.disabledAt !== null;
}

export interface PrintedLink {
  id: string;
  personId: string;
}

/** Not used, not run out; null otherwise. */
export async function openLinkOf(reading: Reading, keyHash: Buffer, now: Date): Promise<PrintedLink | null> {
  const [row] = await reading.query<PrintedLink>(
    `SELECT id, person_id AS personId FROM sign_in_link WHERE key_hash = ? AND used_at IS NULL AND expires_at > ?`,
    [keyHash, now],
  );
  return row ?? null;
}
