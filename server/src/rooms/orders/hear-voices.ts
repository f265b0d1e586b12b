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

/** What nobody but its handlers is told (order-checks.ts), what somebody has hidden, what is at an end: no service hears it. */
const mayBeHeard = `v.held <> 2 AND o.visibility <> 'confidential' AND o.desk_kind <> 'discipline'
  AND o.stage IN ('open', 'working')`;

/**
 * 语音听写: asks the speech service what is said in recordings of orders, each once among any number of processes. Nothing
 * waits for it: the recording is there from the beginning. Who does not answer about one does not about the next: for a
 * minute none is asked about, and they keep their tries. Returns how many it is done with for now.
 */
export function hearVoices(world: World): (scope?: WorkerScope, signal?: AbortSignal) => Promise<number> {
  let quietUntil = 0;
  return async (scope = {}, signal) => {
    if (world.speech === null || world.clock.now() < quietUntil) return 0;
    let done = 0;
    for (const voice of await dueVoices(world, scope)) {
      if (signal?.aborted) break;
      if (!(await take(world, voice))) continue;
      const failed = await hear(world, voice, signal);
      if (failed !== null && failed !== 'refused') {
        quietUntil = world.clock.now() + minute;
        break;
      }
      done += 1;
    }
    return done;
  };
}

function dueVoices({ database, clock }: World, { townId }: WorkerScope): Promise<DueVoice[]> {
  const now = clock.now();
  return database.reading.query<DueVoice>(
    `SELECT v.id, v.storage_key AS storageKey, v.hear_tries AS tries FROM voice_note v
       JOIN service_order o ON o.id = v.thing_id
     WHERE v.hear_at <= ? AND v.hear_at > ? AND v.thing_kind = 'order' AND ${mayBeHeard}
       ${townId ? 'AND o.town_id = ?' : ''}
     ORDER BY v.hear_at, v.id LIMIT ${batch}`,
    [new Date(now), new Date(now - longest), ...(townId ? [townId] : [])],
  );
}

/**
 * Whoever counts the try up has it; when he dies meanwhile the next try comes by itself. Asked just before the recording
 * goes: the order may have become confidential since the list was read.
 */
async function take({ database, clock }: World, { id, tries }: DueVoice): Promise<boolean> {
  const now = clock.now();
  const pause = pauses[tries];
  const next = pause === undefined ? null : new Date(now + pause);
  const taken = await database.transaction((db) =>
    db.write(
      `UPDATE voice_note v JOIN service_order o ON o.id = v.thing_id SET v.hear_tries = v.hear_tries + 1, v.hear_at = ?
       WHERE v.id = ? AND v.hear_tries = ? AND v.hear_at <= ? AND ${mayBeHeard}`,
      [next, id, tries, new Date(now)],
    ),
  );
  return taken === 1;
}

async function hear(world: World, voice: DueVoice, signal?: AbortSignal): Promise<SpeechFailureKind | null> {
  const { database, files, log, speech } = world;
  const { id, storageKey, tries } = voice;
  try {
    const format = storageKey.slice(storageKey.lastIndexOf('.') + 1);
    const recording = { sound: await files.read(storageKey), format, type: typeOf(storageKey) };
    const words = (await speech?.hear(recording, signal)) ?? '';
    await database.transaction((db) =>
      db.write('UPDATE voice_note SET words = ?, hear_at = NULL WHERE id = ?', [words, id]),
    );
    return null;
  } catch (error) {
    // The storage has lost it, or the database is away: the worker says so, and the next try comes by itself.
    if (!(error instanceof SpeechFailure)) throw error;
    const { kind, status } = error;
    if (signal?.aborted !== true) log.warn({ voiceId: id, kind, status, tries: tries + 1 }, 'a recording is not heard');
    return kind;
  }
}
