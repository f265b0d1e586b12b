import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import { sweepRoot } from './sweep-checks';
import { mayAct, seesSweep } from './sweeps.policy';
import { sweepById } from './sweeps.queries';

/** Whether its progress is open to the caller. */
export async function sweepRead(reading: Reading, caller: Caller, id: string): Promise<boolean> {
  const sweep = await sweepById(reading, id);
  return sweep !== null && seesSweep(caller, sweep);
}

/** A sweep that the caller complains of, where he reads it now: the word of an office. Its doors read it as well as its desk. */
export async function sweepTarget(reading: Reading, caller: Caller, { thingId }: { thingId: string }) {
  const sweep = await sweepById(reading, thingId);
  if (!sweep || !(seesSweep(caller, sweep) || (await goesThere(reading, caller, thingId)))) return null;
  if (sweep.held !== 0 && !mayAct(caller, 'change', sweep)) return null;
  return { authorId: sweep.setById, isOfficial: true, root: sweepRoot(sweep) };
}

async function goesThere(reading: Reading, { personId }: Caller, sweepId: string): Promise<boolean> {
  const rows = await reading.query('SELECT 1 FROM sweep_target WHERE sweep_id = ? AND holder_id = ? LIMIT 1', [
    ...[sweepId, personId],
  ]);
  return rows.length > 0;
}
