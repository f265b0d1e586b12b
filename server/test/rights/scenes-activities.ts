import { ulid } from 'ulid';
import { linkTo } from '../../src/foundation/links/links';
import { Activity, ActivityPerson } from '../../src/rooms/activities/activity.entity';
import { checkInCode } from '../../src/rooms/activities/check-in-code';
import { outcomeOfFile } from './scenes-papers';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';
import type { PersonName } from '../town-cast';

const minutes = 60_000;

/** In village A, beginning in ten minutes; whoever is named has signed up. */
async function activityIn(stage: Stage, joined: readonly string[] = []): Promise<string> {
  const [id, at] = [ulid(), now(stage)];
  const times = { startsAt: new Date(at.getTime() + 10 * minutes), endsAt: new Date(at.getTime() + 130 * minutes) };
  await write(stage, Activity, [
    {
      ...{ id, ...times, kind: 'volunteering', audience: 'everyone', title: '清理沟渠', words: '带上铁锹' },
      ...{ place: '村文化广场', gridId: stage.town.villageA, places: null, version: 1, setAt: at },
      ...{ setById: stage.town.people.deskLead.id, cancelledAt: null, cancelWords: null },
    },
  ]);
  await write(
    stage,
    ActivityPerson,
    joined.map((personId) => ({
      ...{ id: ulid(), activityId: id, personId, joinedAt: at, joinedIn: ulid(), leftAt: null },
      ...{ cameAt: null, markedById: null, walkedIn: 0 },
    })),
  );
  return id;
}

const reading =
  (key: 'activities.code' | 'activities.people' | 'activities.read'): MakeScene =>
  async (stage) => {
    const params = { activityId: await activityIn(stage) };
    return { attempt: (client) => call(client, key, { params }) };
  };

const acting =
  (key: 'activities.join' | 'activities.leave'): MakeScene =>
  async (stage) => {
    const params = { activityId: await activityIn(stage) };
    return { attempt: (client) => call(client, key, { params, body: { actionId: ulid() } }) };
  };

/** What the screen of the desk says. */
async function codeIn(stage: Stage): Promise<string> {
  const { database, signing } = stage.server.world;
  const thing = { what: 'activity', thingId: await activityIn(stage) };
  const key = await database.transaction((db) => linkTo(db, thing, now(stage)));
  return checkInCode(key, signing, now(stage)).code;
}

const paper =
  (forged: boolean): MakeScene =>
  async (stage) => {
    const addressFor = async (by: PersonName) => {
      const params = { activityId: await activityIn(stage) };
      return (await stage.town.as(by).ok('activities.export', { params, body: {} })).address;
    };
    const [address, other] = [await addressFor('deskLead'), await addressFor('secretary')];
    const path = forged ? `${other.split('?')[0]}?${address.split('?')[1]}` : address;
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', path)) };
  };

/** 活动 of village A. */
export const activityScenes = {
  'activities.list': async (stage) => {
    const id = await activityIn(stage);
    return { attempt: (client) => call(client, 'activities.list', {}, id) };
  },
  'activities.read': reading('activities.read'),
  'activities.save': async ({ town, ...stage }) => ({
    attempt: (client) => {
      const at = stage.server.clock.now();
      const times = {
        startsAt: new Date(at + 60 * minutes).toISOString(),
        endsAt: new Date(at + 120 * minutes).toISOString(),
      };
      const said = { title: '学法律', words: '听律师讲课', place: '村委会', places: 30, ...times };
      const body = { version: 0, gridId: town.villageA, kind: 'training', audience: 'everyone', ...said } as const;
      return call(client, 'activities.save', { params: { activityId: ulid() }, body });
    },
  }),
  'activities.cancel': async (stage) => {
    const params = { activityId: await activityIn(stage) };
    const body = { actionId: ulid(), words: '下大雨' };
    return { attempt: (client) => call(client, 'activities.cancel', { params, body }) };
  },
  'activities.join': acting('activities.join'),
  'activities.leave': acting('activities.leave'),
  'activities.code': reading('activities.code'),
  'activities.atCode': async (stage) => {
    const code = await codeIn(stage);
    return { attempt: (client) => call(client, 'activities.atCode', { params: { code } }) };
  },
  'activities.checkIn': async (stage) => {
    const code = await codeIn(stage);
    return {
      attempt: (client) => call(client, 'activities.checkIn', { params: { code }, body: { actionId: ulid() } }),
    };
  },
  'activities.people': reading('activities.people'),
  'activities.mark': async (stage) => {
    const personId = stage.town.people.resident.id;
    const params = { activityId: await activityIn(stage, [personId]) };
    const body = { actionId: ulid(), personId, came: true };
    return { attempt: (client) => call(client, 'activities.mark', { params, body }) };
  },
  'activities.export': async (stage) => {
    const params = { activityId: await activityIn(stage, [stage.town.people.resident.id]) };
    return { attempt: (client) => call(client, 'activities.export', { params, body: {} }) };
  },
  'activities.openPaper': paper(false),
  'activities.openPaper forged': paper(true),
} satisfies Scenes;
