import { ulid } from 'ulid';
import { Correction, PrivacyNotice } from '../../src/rooms/privacy/privacy.entity';
import type { Client } from '../client';
import type { Outcome, PersonKind } from './matrix';
import { call, now, outcomeOf, write, type MakeScene, type Scenes, type Stage } from './stage';

const sections = ['谁在用', '做什么', '找谁问'].map((title) => ({ title, words: `${title}：这里写清楚。` }));

/** A version that is told again under its own id: no other test has to agree to it. */
async function toldAgain(stage: Stage) {
  const noticeId = ulid();
  const body = { sections, summary: '加了联系电话', effectiveAt: '2099-01-01T00:00:00.000Z' };
  const version = Math.floor(Math.random() * 1e9) + 1000;
  const row = { ...body, effectiveAt: new Date(body.effectiveAt), version, publishedAt: now(stage) };
  await write(stage, PrivacyNotice, [{ id: noticeId, ...row, publishedById: stage.town.people.admin.id }]);
  return { params: { noticeId }, body };
}

/** The child of the resident's household. */
async function childOfResident({ server, town }: Stage): Promise<string> {
  await server.world.database.transaction(async (db) => {
    await db.write('UPDATE person SET born_on = ?, household_id = ? WHERE id = ?', [
      ...['2018-05-01', town.households.resident, town.people.newcomer.id],
    ]);
    // Only who is known to be of age answers for others.
    await db.write('UPDATE person SET birth_year = 1958 WHERE id = ?', [town.people.resident.id]);
  });
  return town.people.newcomer.id;
}

async function asked(stage: Stage): Promise<string> {
  const id = ulid();
  const { resident } = stage.town.people;
  const request = { field: 'phone', before: resident.phone, after: '15400001111', words: null } as const;
  await write(stage, Correction, [
    {
      ...{ id, personId: resident.id, askedById: resident.id, gridId: stage.town.groups.a1, ...request },
      ...{ state: 'asked', askedAt: now(stage) },
    },
  ]);
  return id;
}

/** By the address that the resident was given. */
const opening =
  (forged: boolean): MakeScene =>
  async ({ town }) => {
    const addressOf = async (person: PersonKind & keyof typeof town.people) =>
      (await town.as(person).ok('privacy.exportMine', { body: { actionId: ulid(), format: 'json', sure: true } }))
        .address;
    const address = await addressOf('resident');
    const path = forged ? `${(await addressOf('otherResident')).split('?')[0]}?${address.split('?')[1]}` : address;
    return {
      attempt: async (client: Client): Promise<Outcome> => {
        const response = await client.raw('GET', path);
        if (response.ok) return (await response.text()).includes('基本信息') ? 'yes' : 'empty';
        const { status, headers } = response;
        return outcomeOf({ status, headers, problem: (await response.json()) as never });
      },
    };
  };

const same =
  (attempt: (client: Client) => Promise<Outcome>): MakeScene =>
  async () => ({ attempt });

export const privacyScenes = {
  'privacy.notice': same((client) => call(client, 'privacy.notice', {}, 'sections')),
  'privacy.notices': same((client) => call(client, 'privacy.notices', {}, 'sections')),
  'privacy.publishNotice': async (stage) => {
    const sent = await toldAgain(stage);
    return { attempt: (client) => call(client, 'privacy.publishNotice', sent) };
  },
  'privacy.consents': same((client) => call(client, 'privacy.consents', { query: {} })),
  'privacy.consents of a child': async (stage) => {
    const personId = await childOfResident(stage);
    return { attempt: (client) => call(client, 'privacy.consents', { query: { personId } }) };
  },
  'privacy.consent': async (stage) => {
    const version = (await stage.town.as('resident').ok('privacy.notice')).notice?.version ?? 0;
    const body = { version, answers: { publishedPhone: true } };
    return { attempt: (client) => call(client, 'privacy.consent', { body: { ...body, actionId: ulid() } }) };
  },
  'privacy.looks': same((client) => call(client, 'privacy.looks', { query: {} })),
  'privacy.exportMine': same((client) =>
    call(client, 'privacy.exportMine', { body: { actionId: ulid(), format: 'json', sure: true } }),
  ),
  'privacy.openMine': opening(false),
  'privacy.openMine forged': opening(true),
  'privacy.closing': same((client) => call(client, 'privacy.closing', {})),
  'privacy.closeAccount': async (stage) => {
    await stage.put();
    return { attempt: (client) => call(client, 'privacy.closeAccount', { body: { actionId: ulid(), sure: true } }) };
  },
  'privacy.keepAccount': same((client) => call(client, 'privacy.keepAccount', { body: { actionId: ulid() } })),
  'privacy.erasePerson': async ({ town }) => {
    const params = { personId: town.people.spouse.id };
    const body = { reason: 'written', words: '申请书 9 月 1 日' } as const;
    return {
      attempt: (client) => call(client, 'privacy.erasePerson', { params, body: { ...body, actionId: ulid() } }),
    };
  },
  'privacy.closingOf': async ({ town }) => {
    const params = { personId: town.people.spouse.id };
    return { attempt: (client) => call(client, 'privacy.closingOf', { params }) };
  },
  'privacy.keepPerson': async ({ town }) => {
    const params = { personId: town.people.spouse.id };
    return { attempt: (client) => call(client, 'privacy.keepPerson', { params, body: { actionId: ulid() } }) };
  },
  'privacy.myCorrections': same((client) => call(client, 'privacy.myCorrections', {}, 'roster')),
  'privacy.askCorrection': same((client) =>
    call(client, 'privacy.askCorrection', {
      params: { correctionId: ulid() },
      body: { field: 'bornOn', value: '1956-03-08' },
    }),
  ),
  'privacy.corrections': async (stage) => {
    const id = await asked(stage);
    return { attempt: (client) => call(client, 'privacy.corrections', { query: { limit: 100 } }, id) };
  },
  'privacy.decideCorrection': async (stage) => {
    const params = { correctionId: await asked(stage) };
    const body = { apply: true, words: '已按身份证改好' };
    return {
      attempt: (client) => call(client, 'privacy.decideCorrection', { params, body: { ...body, actionId: ulid() } }),
    };
  },
} satisfies Scenes;
