import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import { listExportActs, type ListExportAct } from '@sandan/shared/privacy/privacy.words';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import { protectionOf } from '../access/protection';
import type { Db } from '../database/connect';
import { newId } from '../ids';
import { ExportSubject } from './export-subject.entity';
import { earlierPress } from './clear-views';
import { recordAct, type Done } from './record-act';

export interface ExportLimits {
  /** Lists that one person may take out in a day of China. */
  readonly perDay: number;
  /** Rows of one list. */
  readonly rows: number;
}

/** The one place that says how much may leave: by the settings of the county. */
export const exportLimits = (caller: Caller): ExportLimits => {
  const { listExportsPerDay: perDay, listPeople: rows } = protectionOf(caller);
  return { perDay, rows };
};

/** What is in a list: how many rows, and those of them that are people whom the system knows. */
export interface Listed {
  readonly rows: number;
  readonly personIds: readonly string[];
  /** Of the press, where the app has one: the same a moment later is no second list. */
  readonly actionId?: string;
}

const inOneInsert = 1000;

/**
 * The one way by which a list of people leaves the house: written down with everybody in it, so that they see it among
 * those who looked; so many a day, so many rows. Its endpoint carries `secondFactor`, and the paper says on every page who
 * took it out and when. Throws `export.too-often` (429), `export.too-long` (422).
 */
export async function noteListExport<Act extends ListExportAct>(
  db: Db,
  caller: Caller,
  act: Act,
  done: Omit<Done<Act>, 'id'>,
  { rows, personIds, actionId }: Listed,
): Promise<void> {
  const limits = exportLimits(caller);
  if (rows > limits.rows) throw new Problem('export.too-long');
  const { now: at, personId } = caller;
  // One at a time for each person, so that two at once do not both find room.
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [personId]);
  const earlier = actionId === undefined ? null : await earlierPress(db, caller, { id: actionId, act });
  if (earlier && earlier.thingId !== (done.thingId ?? null)) throw new Problem('action.repeated-differently');
  if (earlier) return;
  const [today] = await db.query<{ done: number }>(
    'SELECT COUNT(*) AS done FROM audit_entry WHERE person_id = ? AND act IN (?) AND at >= ?',
    [personId, listExportActs, new Date(startOfChinaDay(chinaDay(at.getTime())))],
  );
  if (Number(today?.done) >= limits.perDay) throw new Problem('export.too-often');
  const auditId = actionId ?? newId(at);
  await recordAct(db, caller, act, { ...done, id: auditId } as Done<Act>);
  await noteSubjects(db, auditId, [...new Set(personIds)]);
}

/** Whom an act was about, where it was about many; each once. They find it among those who looked at their data. */
export async function noteSubjects(db: Db, auditId: string, people: readonly string[]): Promise<void> {
  for (let from = 0; from < people.length; from += inOneInsert) {
    await db.insert(
      ExportSubject,
      people.slice(from, from + inOneInsert).map((each) => ({ auditId, personId: each })),
    );
  }
}
