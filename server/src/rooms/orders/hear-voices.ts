import type { Db } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import type { WorkerScope } from '../../foundation/outbox/outbox';
import { typeOf } from '../../foundation/photos/serve-stored';
import { SpeechFailure, type SpeechFailureKind } from '../../foundation/world/speech/speech';

const minute = 60_000;
/** After each try that failed: a service that is away for a night is asked again in the morning. Then it is left at that. */
const pauses = [2 * minute, 10 * minute, 60 * minute, 4 * 60 * minute, 12 * 60 * minute];
/** What is older was placed while no service was set: whoever had it in hand has listened. */
const longest = 24 * 60 * minute;
const batch = 8;

/** From now on it is due, where there is a service. */
export const haveHeard = (db: Db, voiceId: string, now: Date): Promise<number> =>
  db.write('UPDATE voice_note SET hear_at = ? WHERE id = ? AND hear_tries = 0', [now, voiceId]);

interface DueVoice {
  id: string;
  storageKey: string;
  tries: number;
}

/**
 * 语音听写: asks the speech service what is said in recordings of orders, each once among any number of processes. Nothing
 * waits for it: the recording is there from the beginning. What is confidential is not given to any service.
 * Returns how many it asked about.
 */
export async function hearVoices(world: World, scope: WorkerScope = {}, signal?: AbortSignal): Promise<number> {
  if (world.speech === null) return 0;
  const now = new Date(world.clock.now());
  let asked = 0;
  for (const voice of await dueVoices(world, now, scope)) {
    if (signal?.aborted) break;
    if (!(await take(world, voice, now))) continue;
    asked += 1;
    const failed = await hear(world, voice, signal);
    // Who does not answer about this one does not about the next; those keep their tries.
    if (failed !== null && failed !== 'refused') break;
  }
  return asked;
}

const dueVoices = ({ database }: World, now: Date, { townId }: WorkerScope): Promise<DueVoice[]> =>
  database.reading.query<DueVoice>(
    `SELECT v.id, v.storage_key AS storageKey, v.hear_tries AS tries FROM voice_note v
       JOIN service_order o ON o.id = v.thing_id
     WHERE v.hear_at <= ? AND v.hear_at > ? AND v.thing_kind = 'order' AND o.visibility <> 'confidential'
       ${townId ? 'AND o.town_id = ?' : ''}
     ORDER BY v.hear_at LIMIT ${batch}`,
    [now, new Date(now.getTime() - longest), ...(townId ? [townId] : [])],
  );

/** Whoever counts the try up has it; when he dies meanwhile the next try comes by itself. */
async function take({ database }: World, { id, tries }: DueVoice, now: Date): Promise<boolean> {
  const pause = pauses[tries];
  const next = pause === undefined ? null : new Date(now.getTime() + pause);
  const sql = 'UPDATE voice_note SET hear_tries = hear_tries + 1, hear_at = ? WHERE id = ? AND hear_tries = ?';
  return (await database.transaction((db) => db.write(sql, [next, id, tries]))) === 1;
}

async function hear(world: World, voice: DueVoice, signal?: AbortSignal): Promise<SpeechFailureKind | null> {
  const { database, files, log, speech } = world;
  const { id, storageKey, tries } = voice;
  const keep = (sql: string, values: string[]) => database.transaction((db) => db.write(sql, [...values, id]));
  try {
    const format = storageKey.slice(storageKey.lastIndexOf('.') + 1);
    const recording = { sound: await files.read(storageKey), format, type: typeOf(storageKey) };
    const words = (await speech?.hear(recording, signal)) ?? '';
    await keep('UPDATE voice_note SET words = ?, hear_at = NULL WHERE id = ?', [words]);
    return null;
  } catch (error) {
    // The storage has lost it, or the database is away: the worker says so, and the next try comes by itself.
    if (!(error instanceof SpeechFailure)) throw error;
    const { kind, status } = error;
    if (signal?.aborted !== true) log.warn({ voiceId: id, kind, status, tries: tries + 1 }, 'a recording is not heard');
    if (kind === 'refused') await keep('UPDATE voice_note SET hear_at = NULL WHERE id = ?', []);
    return kind;
  }
}
