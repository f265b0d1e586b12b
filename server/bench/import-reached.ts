import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../test/client';
import type { Imported } from '../test/roster-files';

/** Waits until an import is checked, or applied; throws what it met instead. */
export async function reached(client: Client, importId: string, state: Imported['state']): Promise<Imported> {
  for (;;) {
    const imported = await client.ok('rosters.read', { params: { importId } });
    if (imported.state === state && imported.problem === null) return imported;
    if (imported.state === 'failed' || imported.problem) throw new Error(JSON.stringify(imported.problem));
    await pause(200);
  }
}
