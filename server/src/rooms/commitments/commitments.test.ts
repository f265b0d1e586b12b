import { ulid } from 'ulid';
import type { BodyOfKey } from '../../../test/commitment-journey';
import { commitmentsIn, type CommitmentJourney } from '../../../test/commitment-journey';
import { startTestServer, type TestServer } from '../../../test/server';
import { buildTown, type Town } from '../../../test/town';

/** 双向承诺 (domain.md §5), told over HTTP. */
let server: TestServer;
let town: Town;
let village: CommitmentJourney;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  town = await buildTown(server);
  village = commitmentsIn(server, town);
});

const words = { words: '按要求办了' };

describe('a promise', () => {
  test('is drafted, reviewed, made public, kept, accepted; everybody in the town reads it from publication on', async () => {
    const roundId = await village.toDrafting();
    const commitmentId = await village.draft({ roundId });
    const seenBy = (person: 'resident' | 'secretary' | 'memberOutside') =>
      town.as(person).call('commitments.read', { params: { commitmentId } });
    expect((await seenBy('resident')).problem?.code).toBe('commitment.not-found');
    await village.does('member', 'submit', commitmentId, {});
    expect(await village.cannot('member', 'approve', commitmentId, { version: 1 })).toBe('access.forbidden');
    expect(await village.cannot('secretaryOutside', 'approve', commitmentId, { version: 1 })).toBe(
      'commitment.not-found',
    );
    await village.does('secretary', 'approve', commitmentId, { version: 1 });
    await village.does('secretary', 'publish', commitmentId, {});
    expect((await seenBy('resident')).data).toMatchObject({ state: 'published', stateName: '履诺中', percent: 0 });
    expect((await seenBy('memberOutside')).status).toBe(200);
    await village.does('member', 'progress', commitmentId, { words: '装了两盏', quantityDone: 2 });
    await village.does('member', 'deliver', commitmentId, {
      ...words,
      quantityDone: 4,
      noPhotoReason: 'nothingVisible',
    });
    await village.does('secretary', 'accept', commitmentId, {});
    const whole = await town.as('resident').ok('commitments.read', { params: { commitmentId } });
    expect(whole).toMatchObject({ state: 'accepted', percent: 100, partly: false });
    expect(whole.history.at(-1)?.actor).toMatchObject({ name: town.people.member.name, roleName: '党员' });
    expect(whole.history.map(({ action }) => action)).toEqual([
      'accept',
      'deliver',
      'progress',
      'publish',
      'approve',
      'submit',
      'draft',
    ]);
  });

  test('is sent again after a lost reply, but not with other words or by somebody else', async () => {
    const roundId = await village.toDrafting();
    const commitmentId = ulid();
    const body = village.draftBody({ roundId });
    const put = (person: 'member' | 'member2', more: object = {}) =>
      town.as(person).call('commitments.draft', { params: { commitmentId }, body: { ...body, ...more } });
    expect([(await put('member')).status, (await put('member')).status]).toEqual([200, 200]);
    expect((await put('member', { title: '另外一件' })).problem?.code).toBe('commitment.sent-differently');
    expect((await put('member2')).problem?.code).toBe('commitment.id-taken');
  });

  test('must say where, by when and nothing that tells who somebody is', async () => {
    const roundId = await village.toDrafting();
    const refused = (more: Partial<BodyOfKey<'commitments.draft'>>) =>
      town.as('member').refused('commitments.draft', {
        params: { commitmentId: ulid() },
        body: village.draftBody({ roundId, ...more }),
      });
    expect(await refused({ deadline: `${village.year + 1}-01-01` })).toBe('commitment.deadline-outside');
    expect(await refused({ forGridId: town.countyId })).toBe('commitment.for-outside');
    expect(await refused({ words: '每月给 13812345678 的老人送菜' })).toBe('commitment.personal-data');
    expect(await refused({ quantity: 4, unit: null })).toBe('request.bad-input');
    expect(await refused({ personId: town.people.member2.id })).toBe('commitment.not-yours');
    expect(await refused({ kind: 'organization', organizationId: town.branches.a })).toBe('commitment.not-yours');
    expect(await refused({ responsibleId: town.people.resident.id })).toBe('commitment.responsible-outside');
  });

  test('tells what it costs in 分, and for which group of which village it is', async () => {
    const roundId = await village.toDrafting();
    const content = { money: 3_500_000, moneySource: '村集体收入', forGridId: town.groups.a1 };
    const commitmentId = await village.draft({ roundId, ...content });
    const read = await town.as('member').ok('commitments.read', { params: { commitmentId } });
    expect(read).toMatchObject({ ...content, versions: [{ content }] });
    const named = await town.as('member').ok('grids.list', { query: { tier: 'village', underId: town.villageA } });
    expect(read.forName).toMatch(new RegExp(`^${named.grids[0]?.name}.+组$`));
  });

  test('hangs on the wall of the whole town; who asks for the own village sees what is promised to it', async () => {
    const { commitmentId: ours } = await village.toPublished();
    const { items: wall } = await town.as('resident').ok('commitments.list', { query: {} });
    const here = async (person: 'resident' | 'farResident') =>
      (await town.as(person).ok('commitments.list', { query: { here: 'true' } })).items.map(({ id }) => id);
    expect(wall.map(({ id }) => id)).toEqual([ours]);
    expect(await here('resident')).toEqual([ours]);
    expect(await here('farResident')).toEqual([]);
  });

  test('warns its author of a wording that nobody can check, and lets it through', async () => {
    const roundId = await village.toDrafting();
    const commitmentId = await village.draft({
      roundId,
      title: '加强服务',
      words: '尽力帮助群众解决问题',
      quantity: null,
      unit: null,
    });
    const hints = async (person: 'member' | 'secretary') =>
      (await town.as(person).ok('commitments.read', { params: { commitmentId } })).hints.map(({ code }) => code);
    expect(await hints('member')).toEqual(['vague', 'noNumber']);
    expect(await hints('secretary')).toEqual([]);
    await village.does('member', 'submit', commitmentId, {});
  });

  test('comes late only with a reason, and never into a year that closes', async () => {
    const roundId = await village.toUnderWay();
    const late = (more: object) =>
      town.as('member').call('commitments.draft', {
        params: { commitmentId: ulid() },
        body: village.draftBody({ roundId, ...more }),
      });
    expect((await late({})).problem?.code).toBe('commitment.round-not-open');
    expect((await late({ lateReason: '三月刚转入' })).status).toBe(200);
    await village.moves('townSecretary', 'startClosing', roundId);
    expect((await late({ lateReason: '三月刚转入' })).problem?.code).toBe('commitment.round-over');
  });

  test('that goes back to its author gets a version of its own, and the old approval does not fit it', async () => {
    const roundId = await village.toDrafting();
    const commitmentId = await village.toSubmitted({ roundId });
    await village.does('secretary', 'return', commitmentId, { words: '写清楚装几盏' });
    await village.does('member', 'rewrite', commitmentId, { content: village.content({ title: '装 6 盏路灯' }) });
    await village.does('member', 'submit', commitmentId, {});
    expect(await village.cannot('secretary', 'approve', commitmentId, { version: 1 })).toBe('commitment.rewritten');
    await village.does('secretary', 'approve', commitmentId, { version: 2 });
    const { versions } = await town.as('member').ok('commitments.read', { params: { commitmentId } });
    expect(versions.map(({ number, content }) => [number, content.title])).toEqual([
      [1, '装 4 盏路灯'],
      [2, '装 6 盏路灯'],
    ]);
  });
});

describe('nobody reviews, accepts or disputes away their own', () => {
  test('a secretary’s own deed and an organisation’s go to the level above', async () => {
    const roundId = await village.toDrafting();
    const own = await village.draft({ roundId }, 'secretary');
    const branch = await village.draft({ roundId, kind: 'organization', organizationId: town.branches.a }, 'secretary');
    for (const commitmentId of [own, branch]) {
      await village.does('secretary', 'submit', commitmentId, {});
      expect(await village.cannot('secretary', 'approve', commitmentId, { version: 1 })).toBe('access.forbidden');
      await village.does('townSecretary', 'approve', commitmentId, { version: 1 });
      await village.does('secretary', 'publish', commitmentId, {});
    }
    await village.does('secretary', 'deliver', branch, { ...words, noPhotoReason: 'nothingVisible' });
    expect(await village.cannot('secretary', 'accept', branch, { onSite: true })).toBe('access.forbidden');
    expect(await village.cannot('townSecretary', 'accept', branch, {})).toBe('commitment.on-site');
    await village.does('townSecretary', 'accept', branch, { onSite: true });
  });

  test('the level above reviews what a branch promises and does not write it', async () => {
    const roundId = await village.toDrafting();
    const ofBranch = { roundId, kind: 'organization', organizationId: town.branches.a } as const;
    const commitmentId = await village.draft(ofBranch, 'secretary');
    expect(await village.cannot('townSecretary', 'submit', commitmentId, {})).toBe('access.forbidden');
    await village.does('secretary', 'submit', commitmentId, {});
    expect(await village.cannot('townSecretary', 'recall', commitmentId, {})).toBe('access.forbidden');
    const body = village.draftBody(ofBranch);
    const params = { commitmentId: ulid() };
    expect(await town.as('townSecretary').refused('commitments.draft', { params, body })).toBe('commitment.not-yours');
  });

  test('a post that nobody holds is stood in for by the level above, and its queue shows it', async () => {
    const roundId = await village.toDrafting();
    const commitmentId = await village.toSubmitted({ roundId });
    const queue = async () =>
      (await town.as('townSecretary').ok('commitments.list', { query: { scope: 'review' } })).items.map(({ id }) => id);
    expect(await queue()).toEqual([]);
    await server.world.database.transaction((db) =>
      db.write('UPDATE role_grant SET ends_at = ? WHERE person_id = ?', [
        new Date(server.clock.now()),
        town.people.secretary.id,
      ]),
    );
    expect(await queue()).toEqual([commitmentId]);
    await village.does('townSecretary', 'approve', commitmentId, { version: 1 });
  });
});

describe('after publication nothing is edited silently', () => {
  test('a change waits for the level above; both wordings and the reason stay to be read', async () => {
    const { commitmentId } = await village.toPublished();
    const content = village.content({ title: '装 3 盏路灯', quantity: 3 });
    expect(await village.cannot('member', 'rewrite', commitmentId, { content })).toBe('commitment.wrong-state');
    expect(await village.cannot('member', 'requestChange', commitmentId, { kind: 'amend', reason: '少一根杆' })).toBe(
      'commitment.change-content',
    );
    await village.does('member', 'requestChange', commitmentId, { kind: 'amend', reason: '少一根杆', content });
    expect(await village.cannot('member', 'requestChange', commitmentId, { kind: 'abandon', reason: '不做了' })).toBe(
      'commitment.change-open',
    );
    const read = () => town.as('resident').ok('commitments.read', { params: { commitmentId } });
    // What WeChat has not judged is nobody's to read but his who wrote it and his who rules on it.
    expect((await read()).changes).toEqual([]);
    const [change] = (await town.as('secretary').ok('commitments.read', { params: { commitmentId } })).changes;
    expect(await village.cannot('member', 'approveChange', commitmentId, { changeId: change?.id ?? '' })).toBe(
      'access.forbidden',
    );
    await village.does('secretary', 'approveChange', commitmentId, { changeId: change?.id ?? '' });
    const after = await read();
    expect(after).toMatchObject({
      title: '装 3 盏路灯',
      state: 'published',
      changes: [{ state: 'approved', reason: '少一根杆' }],
    });
    expect(after.versions.map(({ content: { title } }) => title)).toEqual(['装 4 盏路灯', '装 3 盏路灯']);
  });

  test('giving up needs approval and counts in the share of kept promises', async () => {
    const { roundId, commitmentId } = await village.toPublished();
    await village.does('member', 'requestChange', commitmentId, { kind: 'abandon', reason: '路要改线' });
    const [change] = (await town.as('secretary').ok('commitments.read', { params: { commitmentId } })).changes;
    await village.does('secretary', 'approveChange', commitmentId, { changeId: change?.id ?? '' });
    expect(await village.stateOf(commitmentId)).toBe('abandoned');
    expect((await village.round(roundId)).counts).toMatchObject({ abandoned: 1, keptShare: 0 });
    await village.does('townSecretary', 'askCorrection', commitmentId, { result: 'notKept', words: '没有批准终止' });
    expect(await village.cannot('townSecretary', 'correct', commitmentId, {})).toBe('access.forbidden');
    await village.does('townDeputy', 'correct', commitmentId, {});
    expect(await village.stateOf(commitmentId)).toBe('notKept');
  });
});
