import { ulid } from 'ulid';
import { clientOf, type Client } from './client';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

export interface Newcomer {
  client: Client;
  openid: string;
  id: string;
}

/** What people do on their way to their household (绑定). `stage`: asked at every step, since each test has a town of its own. */
export function bindingJourney(stage: () => { server: TestServer; town: Town }) {
  /** Somebody whom nobody knows comes through WeChat. */
  async function newcomer(openid = `openid-${ulid()}`): Promise<Newcomer> {
    const { server } = stage();
    const body = { code: await server.wechat.issueCode(openid) };
    const { token, personId } = await clientOf(server.url).ok('people.signInWithWechat', { body });
    return { client: clientOf(server.url, token), openid, id: personId };
  }
  const phoneCode = async ({ openid }: { openid: string }, phone: string) => ({
    body: { actionId: ulid(), code: await stage().server.wechat.issuePhoneCode(openid, phone) },
  });
  const choosing = (personId: string | null, more: object = {}) => ({ body: { actionId: ulid(), personId, ...more } });
  const asking = (headName: string, door: string, more: object = {}) => ({
    body: { actionId: ulid(), gridId: stage().town.groups.a1, headName, door, ...more },
  });
  const confirming = (bindingId: string, personId: string) => ({
    ...{ params: { bindingId } },
    body: { actionId: ulid(), personId, proof: 'knownInPerson' as const },
  });
  /** The titles of what he was told, the newest first. */
  async function told(client: Client): Promise<string[]> {
    const { server, town } = stage();
    await server.drain(town.townId);
    return (await client.ok('messages.list', { query: { limit: 100 } })).items.map(({ title }) => title);
  }
  /** Somebody of the roster, by his phone: bound at once. */
  async function boundAs(name: PersonName): Promise<Newcomer> {
    const { id, phone } = stage().town.people[name];
    const each = await newcomer();
    await each.client.ok('bindings.phone', await phoneCode(each, phone));
    await each.client.ok('bindings.choose', choosing(id));
    return each;
  }
  return { newcomer, phoneCode, choosing, asking, confirming, told, boundAs };
}
