import type { Db, Reading } from '../database/connect';
import { rowOf } from '../database/rows';
import { siteForWechat } from '../http/site';
import type { World } from '../http/world';
import { signAddress } from '../photos/signed-address';
import type { WorkerScope } from '../outbox/outbox';
import { checkedFields } from './checked-fields';
import type { ContentCheck } from './content-check.entity';
import { judgeWords, openidOf, verdictOfFailure } from './judge-words';
import { noteTrace } from './media-verdicts';
import { recordVerdict } from './record-verdict';
import { unjudged, type Judged } from './verdict';

const batch = 20;
/** A call may take five seconds, and its token as long again. */
const leaseSeconds = 180;

/** Asks WeChat about what is due, each once among any number of processes. Returns how many it asked about. */
export async function runChecks(world: World, scope: WorkerScope = {}): Promise<number> {
  const now = new Date(world.clock.now());
  const due = await world.database.transaction((db) => lease(db, now, scope));
  // One after the other: WeChat bounds a minute, and a breaker that opens spares the rest.
  for (const check of due) {
    try {
      await ask(world, check, now);
    } catch (error) {
      // One that fails holds up no other; it is asked about again when its lease has run out.
      world.log.error({ err: error, checkId: check.id, field: check.field }, 'content check failed');
    }
  }
  return due.length;
}

async function lease(db: Db, now: Date, { townId }: WorkerScope): Promise<ContentCheck[]> {
  const rows = await db.query<Record<string, unknown>>(
    `SELECT * FROM content_check WHERE next_at <= ? ${townId ? 'AND town_id = ?' : ''}
       AND (leased_until IS NULL OR leased_until < UTC_TIMESTAMP(3))
     ORDER BY next_at LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
    [now, ...(townId ? [townId] : [])],
  );
  if (rows.length > 0)
    await db.write(
      `UPDATE content_check SET leased_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND WHERE id IN (?)`,
      [rows.map(({ id }) => id as string)],
    );
  return rows.map((row) => rowOf<ContentCheck>(row));
}

async function ask(world: World, check: ContentCheck, now: Date): Promise<void> {
  const { kind } = checkedFields[check.field];
  // No push within half an hour: a person looks (wechat.md §6.3).
  if (check.askedAt !== null) return record(world, check, unjudged, now);
  if (kind !== 'text') return askAboutMedia(world, check, kind, now);
  const words = await wordsOf(world.database.reading, check);
  if (words === null) return record(world, check, null, now);
  const { scene } = checkedFields[check.field];
  await record(world, check, await judgeWords(world, { personId: check.authorId, scene, words }), now);
}

const record = (world: Pick<World, 'database' | 'references'>, check: ContentCheck, judged: Judged | null, now: Date) =>
  world.references
    .current()
    .then((reference) => world.database.transaction((db) => recordVerdict(db, check, judged, { now, reference })));

/** As they stand now; null where nothing is left of them. */
async function wordsOf(reading: Reading, { field, thingId, authorId }: ContentCheck): Promise<string | null> {
  const { table, key, words, person } = checkedFields[field];
  const whose = person === undefined ? '' : `AND ${person} = ?`;
  const [row] = await reading.query<{ words: string | null }>(
    `SELECT ${words} AS words FROM ${table} WHERE ${key} = ? ${whose}`,
    [thingId, ...(person === undefined ? [] : [authorId])],
  );
  return row?.words || null;
}

async function askAboutMedia(world: World, check: ContentCheck, kind: 'image' | 'sound', now: Date): Promise<void> {
  const openid = await openidOf(world.database.reading, check.authorId);
  const site = siteForWechat(world.config);
  if (openid === null || site === null) return record(world, check, unjudged, now);
  const part = { kind: kind === 'image' ? ('photo' as const) : ('voice' as const), id: check.thingId };
  const url = `${site}${signAddress({ ...part, size: 'full', evenHeld: true }, world.signing, now)}`;
  const { scene } = checkedFields[check.field];
  const asked = await world.wechat.checkMedia({ openid, scene, url, kind }).catch(verdictOfFailure);
  if ('verdict' in asked) return record(world, check, asked, now);
  const reference = await world.references.current();
  await world.database.transaction((db) => noteTrace(db, check, asked.traceId, { now, reference }));
}
