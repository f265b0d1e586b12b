import type { EndpointKey } from '@sandan/shared/api';
import { signAddress } from '../../src/foundation/photos/signed-address';
import { deedIn, roundIn } from './scenes-commitments';
import { call, now, outcomeOf, type MakeScene, type Scenes, type Stage } from './stage';

/** The key of a published deed, asked for by its author. */
async function keyOfDeed(stage: Stage): Promise<string> {
  const { commitmentId: thingId } = await deedIn(stage, 'published');
  return (await stage.town.as('member').ok('links.give', { params: { what: 'commitment', thingId } })).key;
}

/** The picture of a code by its signed address; `forged`: by that of another. */
const picture =
  (forged: boolean): MakeScene =>
  async (stage) => {
    const { commitmentId: thingId } = await deedIn(stage, 'published');
    const params = { what: 'commitment' as const, thingId };
    const { image, key } = await stage.town.as('member').ok('links.code', { params });
    const other = signAddress({ id: `${key}x`, kind: 'code', size: 'full' }, stage.server.world.signing, now(stage));
    const path = forged ? `/api/codes/${key}?${other.split('?')[1]}` : image;
    return {
      attempt: async (client) => {
        const response = await client.raw('GET', path);
        const { ok, status, headers } = response;
        if (!ok) return outcomeOf({ status, headers, problem: (await response.json()) as never });
        await response.arrayBuffer();
        return 'yes';
      },
    };
  };

const linking =
  (key: 'links.give' | 'links.code', state: 'published' | 'draft'): MakeScene =>
  async (stage) => {
    const { commitmentId: thingId } = await deedIn(stage, state);
    return {
      attempt: (client) => call(client, key as EndpointKey, { params: { what: 'commitment', thingId } } as never),
    };
  };

export const linkScenes = {
  'cards.member': async (stage) => {
    await deedIn(stage, 'published');
    const { id: personId } = stage.town.people.member;
    return { attempt: (client) => call(client, 'cards.member', { params: { personId } }) };
  },
  'cards.member who has promised nothing': async (stage) => {
    // The wall of the town is there to be seen; this one has not written anything on it.
    await roundIn(stage, 'underWay');
    const [quiet] = await stage.town.moreMembers(1);
    const personId = quiet?.id ?? '';
    return {
      attempt: (client, person) =>
        call(person === 'member' && quiet ? quiet.client : client, 'cards.member', { params: { personId } }),
    };
  },
  'cards.members': async (stage) => {
    await deedIn(stage, 'published');
    const { id, name } = stage.town.people.member;
    return { attempt: (client) => call(client, 'cards.members', { query: { q: name } }, id) };
  },
  'cards.organization': async (stage) => {
    await roundIn(stage, 'underWay');
    const params = { organizationId: stage.town.branches.a };
    return { attempt: (client) => call(client, 'cards.organization', { params }) };
  },
  'cards.organizations': async (stage) => {
    await roundIn(stage, 'underWay');
    return { attempt: (client) => call(client, 'cards.organizations', {}, stage.town.branches.a) };
  },
  'links.give': linking('links.give', 'published'),
  'links.give a draft': linking('links.give', 'draft'),
  'links.code': linking('links.code', 'published'),
  'links.open': async (stage) => {
    const key = await keyOfDeed(stage);
    return { attempt: (client) => call(client, 'links.open', { params: { key } }) };
  },
  'links.app': async (stage) => {
    const key = await keyOfDeed(stage);
    return { attempt: (client) => call(client, 'links.app', { params: { key } }) };
  },
  'links.door': async (stage) => {
    const params = { what: 'home' as const, thingId: stage.town.households.resident };
    const { key } = await stage.town.as('groupLead').ok('links.give', { params });
    return { attempt: (client) => call(client, 'links.door', { params: { key } }) };
  },
  'links.picture': picture(false),
  'links.picture forged': picture(true),
} satisfies Scenes;
