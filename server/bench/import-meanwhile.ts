import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { clientOf } from '../test/client';
import type { Bench } from './stage';

export interface Meanwhile {
  readonly pieces: number;
  /** By the code of the problem. */
  readonly refused: ReadonlyMap<string, number>;
  /** Milliseconds. */
  readonly p99: number;
  readonly longest: number;
}

type Trying = Promise<{ readonly problem?: { readonly code: string } }>;

/**
 * Until it is stopped, people place orders and a grid lead writes visits, twice a second each, in the village whose roster
 * is applied. As soon as there are households of the roster they live there, and it is those that are visited.
 */
export async function workMeanwhile(bench: Bench): Promise<{ stop: () => Promise<Meanwhile> }> {
  const { town, server } = bench;
  const people = await town.moreMembers(200);
  const homes = await liveInRoster(
    bench,
    people.map(({ id }) => id),
  );
  const lead = clientOf(server.url, town.people.groupLead.token);
  const clients = people.map(({ token }) => clientOf(server.url, token));
  const order = (round: number): Trying =>
    (clients[round % clients.length] ?? lead).call('orders.place', {
      params: { orderId: ulid() },
      body: { categoryId: 'streetLight', words: '路灯不亮了', gridId: town.groups.a1 },
    });
  const visit = (round: number): Trying =>
    lead.call('visits.record', {
      params: { visitId: ulid() },
      body: {
        householdId: homes[round % homes.length] ?? town.households.resident,
        ...{ result: 'notHome', at: new Date().toISOString() },
      },
    });

  const times: number[] = [];
  const refused = new Map<string, number>();
  let isOn = true;
  const timed = async (trying: Trying) => {
    const begun = performance.now();
    const { problem } = await trying;
    times.push(performance.now() - begun);
    if (problem) refused.set(problem.code, (refused.get(problem.code) ?? 0) + 1);
  };
  const work = async () => {
    for (let round = 0; isOn; round += 1) {
      await Promise.all([timed(order(round)), timed(visit(round))]);
      await pause(500);
    }
  };
  const working = work();
  return {
    stop: async () => {
      isOn = false;
      await working;
      times.sort((one, other) => one - other);
      const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
      return { pieces: times.length, refused, p99: at(0.99), longest: at(1) };
    },
  };
}

/** One more in a household each. */
async function liveInRoster({ database }: Bench, people: readonly string[]): Promise<string[]> {
  const homes = await database.reading.query<{ id: string }>(
    "SELECT id FROM household WHERE code LIKE 'B%' ORDER BY RAND() LIMIT ?",
    [people.length],
  );
  for (const [index, { id }] of homes.entries())
    await database.transaction((db) =>
      db.write('UPDATE person SET household_id = ? WHERE id = ?', [id, people[index] ?? '']),
    );
  return homes.map(({ id }) => id);
}
