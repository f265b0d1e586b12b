import { ulid } from 'ulid';
import { CallNote } from '../../src/rooms/orders/call-note.entity';
import { outcomeOfFile } from './scenes-papers';
import { call, now, write, type Scenes, type Stage } from './stage';

/** An order of village A that asks its requester something, and nobody has told him. */
async function callToMake(stage: Stage): Promise<string> {
  const { orderId } = await stage.put({ state: 'asking' });
  const id = ulid();
  const given = { reason: 'asking' as const, state: 'waiting' as const, tries: 0 };
  // After whatever the resident has looked at.
  const since = new Date('2099-01-01T00:00:00Z');
  await write(stage, CallNote, [{ id, orderId, eventId: ulid(), ...given, since, nextAt: now(stage) }]);
  return id;
}

const paperOf = async ({ town }: Stage): Promise<string> => {
  const body = { actionId: ulid(), gridId: town.villageA };
  return (await town.as('deskLead').ok('calls.today', { body })).address;
};

export const callScenes = {
  'calls.list': async (stage) => {
    const id = await callToMake(stage);
    return { attempt: (client) => call(client, 'calls.list', { query: { limit: 100 } }, id) };
  },
  'calls.record': async (stage) => {
    const callId = await callToMake(stage);
    const body = { actionId: ulid(), result: 'noAnswer' as const };
    return { attempt: (client) => call(client, 'calls.record', { params: { callId }, body }) };
  },
  'calls.today': async (stage) => ({
    attempt: (client) => call(client, 'calls.today', { body: { actionId: ulid(), gridId: stage.town.villageA } }),
  }),
  'calls.todayPaper': async (stage) => {
    const address = await paperOf(stage);
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', address)) };
  },
  'calls.todayPaper forged': async (stage) => {
    const address = await paperOf(stage);
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', address.replace('sig=', 'sig=A'))) };
  },
} satisfies Scenes;
