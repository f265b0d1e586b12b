import { ulid } from 'ulid';
import { expect } from '@jest/globals';
import { sweepTemplates } from '@sandan/shared/sweeps/sweep-templates';
import { HouseholdFlag } from '../src/rooms/households/household.entity';
import type { TestServer } from './server';
import type { Town } from './town';
import type { HouseholdName, PersonName } from './town-cast';

const day = 24 * 60 * 60_000;
type Act = 'change' | 'start' | 'split' | 'extend' | 'close' | 'reopen' | 'cancel' | 'remind';

/** One sweep of village A in one town: set up, started, gone round; a refusal is answered by its code. */
export function sweepIn(server: TestServer, town: Town) {
  const sweepId = ulid();
  const at = (milliseconds = 0): string => new Date(server.clock.now() + milliseconds).toISOString();
  const inDays = (days: number): string => at(days * day);
  const plan = (more: object = {}) => ({
    ...{ kind: 'check' as const, title: '消防隐患排查', purpose: '看用电用火', orderedBy: '镇安办' },
    ...{ gridId: town.villageA, selection: { by: 'all' as const }, deadline: inDays(3) },
    questions: [...sweepTemplates.fire.questions] as never,
    ...more,
  });
  const set = (more: object = {}, who: PersonName = 'deskLead') =>
    town.as(who).call('sweeps.set', { params: { sweepId }, body: plan(more) });
  const act = async (who: PersonName, action: Act, body: object = {}) => {
    const sent = { params: { sweepId }, body: { actionId: ulid(), ...body } };
    const { data, problem } = await town.as(who).call(`sweeps.${action}`, sent as never);
    return (problem?.code ?? data) as never;
  };
  const started = async (more: object = {}) => {
    await set(more);
    expect(await act('deskLead', 'start')).toMatchObject({ state: 'running' });
  };
  const read = (who: PersonName = 'deskLead') => town.as(who).ok('sweeps.read', { params: { sweepId } });
  const targets = async (query: object = {}, who: PersonName = 'deskLead') =>
    (await town.as(who).ok('sweeps.targets', { params: { sweepId }, query })).items;
  const targetOf = async (household: HouseholdName): Promise<string> =>
    (await targets()).find(({ householdId }) => householdId === town.households[household])?.id ?? '';
  const visit = async (who: PersonName, targetId: string, more: object = {}, visitId = ulid()) => {
    const body = { result: 'met', visitedAt: at(), answers: {}, ...more };
    const sent = { params: { targetId, visitId }, body: body as never };
    const { data, problem } = await town.as(who).call('sweeps.record', sent);
    return (problem?.code ?? data) as never;
  };
  const flagged = (household: HouseholdName, flag: HouseholdFlag['flag'], personId: string | null = null) =>
    server.world.database.transaction((db) =>
      db.insert(HouseholdFlag, [
        {
          ...{ id: ulid(), householdId: town.households[household], personId, flag, source: 'roster', ground: 'law' },
          ...{ since: '2026-01-01', checkedUntil: '2027-01-01', addedAt: new Date(server.clock.now()) },
        },
      ]),
    );
  const messagesOf = async (who: PersonName) => (await town.as(who).ok('messages.list')).items;
  return { sweepId, at, inDays, plan, set, act, started, read, targets, targetOf, visit, flagged, messagesOf };
}

/** The fire form, with nothing wrong. */
export const safe = { wires: false, charging: false, blocked: false };
