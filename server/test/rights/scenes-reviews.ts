import { ulid } from 'ulid';
import { ContentCheck } from '../../src/foundation/checks/content-check.entity';
import { Complaint } from '../../src/rooms/reviews/complaint.entity';
import { call, type Scenes, type Stage } from './stage';

/** What a resident of the first village has written waits for a person. */
async function waiting({ server, town, put }: Stage): Promise<string> {
  const { orderId } = await put({});
  const id = ulid();
  const row = {
    ...{
      id,
      field: 'order.words' as const,
      thingId: orderId,
      authorId: town.people.resident.id,
      root: 'order' as const,
    },
    ...{
      rootId: orderId,
      countyId: town.countyId,
      townId: town.townId,
      villageId: town.villageA,
      groupId: town.groups.a1,
    },
    ...{ state: 'doubtful' as const, held: 1, atDesk: 1, createdAt: new Date(server.clock.now()) },
  };
  await server.world.database.transaction((db) => db.insert(ContentCheck, [row]));
  return id;
}

async function complainedByResident(stage: Stage): Promise<string> {
  const checkId = await waiting(stage);
  const { server, town } = stage;
  const row = { id: ulid(), checkId, personId: town.people.resident.id, reason: 'insult' as const, words: null };
  await server.world.database.transaction((db) =>
    db.insert(Complaint, [{ ...row, at: new Date(server.clock.now()), outcome: null, decidedAt: null }]),
  );
  return row.id;
}

export const reviewScenes = {
  'reviews.list': async (stage) => {
    const id = await waiting(stage);
    return { attempt: (client) => call(client, 'reviews.list', { query: { limit: 100 } }, id) };
  },
  'reviews.decide': async (stage) => {
    const checkId = await waiting(stage);
    const body = { actionId: ulid(), decision: 'show', version: 1 } as const;
    return { attempt: (client) => call(client, 'reviews.decide', { params: { checkId }, body }) };
  },
  'reviews.complain': async (stage) => {
    const { orderId: thingId } = await stage.put({});
    const body = { about: { field: 'order.words', thingId }, reason: 'insult' } as const;
    return {
      attempt: (client) => call(client, 'reviews.complain', { params: { complaintId: ulid() }, body }),
    };
  },
  'reviews.complaints': async (stage) => {
    const id = await complainedByResident(stage);
    return { attempt: (client) => call(client, 'reviews.complaints', { query: { limit: 100 } }, id) };
  },
} satisfies Scenes;
