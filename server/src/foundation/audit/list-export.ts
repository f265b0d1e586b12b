import { chinaDay, startOfChinaDay } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import { protectionOf } from '../access/protection';
import type { Db } from '../database/connect';
import { newId } from '../ids';
import { ExportSubject } from './export-subject.entity';
import { recordAct, type Done } from './record-act';

/** Acts that take a list of people out (look.words.ts names them to those who stand in it). */
type ListAct = 'exportPaper';

const inOneInsert = 1000;

/**
 * The one way by which a list of people leaves the house: written down with everybody in it, so that they see it among
 * those who looked; so many a day, so many rows. Its endpoint carries `secondFactor`, and the paper says at its foot who
 * took it out and when. Throws `export.too-often` (429), `export.too-long` (422).
 */
export async function noteListExport(
  db: Db,
  caller: Caller,
  act: ListAct,
  done: Omit<Done<ListAct>, 'id'>,
  personIds: readonly string[],
): Promise<void> {
  const { listExportsPerDay, listPeople } = protectionOf(caller);
  const people = [...new Set(personIds)];
  if (people.length > listPeople) throw new Problem('export.too-long');
  const { now: at, personId } = caller;
  // One at a time for each person, so that two at once do not both find room.
  await db.query('SELECT id FROM person WHERE id = ? FOR UPDATE', [personId]);
  const [today] = await db.query<{ done: number }>(
    "SELECT COUNT(*) AS done FROM audit_entry WHERE person_id = ? AND act = 'exportPaper' AND at >= ?",
    [personId, new Date(startOfChinaDay(chinaDay(at.getTime())))],
  );
  if (Number(today?.done) >= listExportsPerDay) throw new Problem('export.too-often');
  const auditId = newId(at);
  await recordAct(db, caller, act, { ...done, id: auditId });
  for (let from = 0; from < people.length; from += inOneInsert) {
    await db.insert(
      ExportSubject,
      people.slice(from, from + inOneInsert).map((each) => ({ auditId, personId: each })),
    );
  }
}
