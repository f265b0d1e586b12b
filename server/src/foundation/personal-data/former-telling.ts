import { Entity } from 'typeorm';
import { Code, Id, Ref, SealedWords, Time } from '../database/columns';
import type { Db, Reading } from '../database/connect';
import { newId } from '../ids';
import type { Sealed } from './vault';

/**
 * 曾用名、旧号码: what a person was called and reached by before it was changed (更正, 名册, 换绑). Others have written it
 * down by then, so an erasure must know it; nothing else reads it, and it goes with the person.
 */
@Entity('former_telling')
export class FormerTelling {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Code('kind', 10) kind!: 'name' | 'number';
  @SealedWords('formerTelling.text') text!: string;
  @Time('at') at!: Date;
}

/** Which of them a change writes over. */
export type Overwritten = 'name' | 'phone' | 'publishedPhone' | 'idNumber';

interface PresentRow {
  id: string;
  name: string;
  phone: Sealed | null;
  publishedPhone: Sealed | null;
  idNumber: Sealed | null;
}

/** To be called before such a change, in its transaction. What is kept already is not kept twice. */
export async function keepFormer(
  db: Db,
  personIds: readonly string[],
  overwritten: readonly Overwritten[],
  now: Date,
): Promise<void> {
  if (personIds.length === 0 || overwritten.length === 0) return;
  const rows = await db.query<PresentRow>(
    `SELECT id, name, phone_sealed AS phone, published_phone_sealed AS publishedPhone, id_number_sealed AS idNumber
     FROM person WHERE id IN (?)`,
    [personIds],
  );
  const { vault } = db;
  const opened = (row: PresentRow, what: Exclude<Overwritten, 'name'>) => vault.open(`person.${what}`, row[what]);
  const known = new Set((await keptOf(db, personIds)).map(({ personId, text }) => `${personId} ${text}`));
  const fresh = rows.flatMap((row) =>
    overwritten.flatMap((what): FormerTelling[] => {
      const text = what === 'name' ? row.name : opened(row, what);
      if (text === null || known.has(`${row.id} ${text}`)) return [];
      return [{ id: newId(now), personId: row.id, kind: what === 'name' ? 'name' : 'number', text, at: now }];
    }),
  );
  await db.insert(FormerTelling, fresh);
}

interface Kept {
  personId: string;
  kind: FormerTelling['kind'];
  text: string;
}

async function keptOf(reading: Reading, personIds: readonly string[]): Promise<Kept[]> {
  const rows = await reading.query<Omit<Kept, 'text'> & { text: Sealed }>(
    'SELECT person_id AS personId, kind, text_sealed AS text FROM former_telling WHERE person_id IN (?)',
    [personIds],
  );
  return rows.map((row) => ({ ...row, text: reading.vault.open('formerTelling.text', row.text) }));
}

/** Also what somebody asked to have corrected: the wrong name stood somewhere, and so may the right one. */
export async function formerOf(reading: Reading, personId: string): Promise<{ names: string[]; numbers: string[] }> {
  const { vault } = reading;
  const kept = await keptOf(reading, [personId]);
  const asked = await reading.query<{ field: string; before: Sealed | null; after: Sealed | null }>(
    `SELECT field, before_sealed AS \`before\`, after_sealed AS \`after\` FROM correction
     WHERE person_id = ? AND field IN ('name', 'phone')`,
    [personId],
  );
  const all = [
    ...kept,
    ...asked.flatMap(({ field, before, after }) => {
      const kind = field === 'name' ? ('name' as const) : ('number' as const);
      const texts = [vault.open('correction.before', before), vault.open('correction.after', after)];
      return texts.flatMap((text) => (text === null ? [] : [{ kind, text }]));
    }),
  ];
  const of = (kind: FormerTelling['kind']) => all.filter((each) => each.kind === kind).map(({ text }) => text);
  return { names: of('name'), numbers: of('number') };
}
