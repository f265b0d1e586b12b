import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import { RoleGrant } from '../src/foundation/access/access.entity';
import { startSession } from '../src/foundation/access/sessions';
import { fingerprintOf } from '../src/foundation/fingerprint';
import { RosterRow } from '../src/foundation/rosters/roster.entity';
import { RecoveryCode, SecondFactor } from '../src/rooms/access/second-factor.entity';
import { CareRelation } from '../src/rooms/households/care.entity';
import { HouseholdLink } from '../src/rooms/households/household.entity';
import { BindingRequest } from '../src/rooms/people/binding.entity';
import { HandoverRow } from '../src/rooms/posts/handover.entity';
import { clientOf } from './client';
import type { TestServer } from './server';
import { safe, sweepIn } from './sweep-journey';
import type { Town } from './town';
import { photoOf } from './upload';

/** `say` puts the person's name and number round what is said. */
interface Resident {
  id: string;
  name: string;
  say: (words: string) => string;
}

/**
 * What others know of a resident of village B (`farResident`): a door that was claimed, care, consents, visits, a sweep,
 * an event, a post that was kept for somebody, a handover, a staged list; and the computer and codes of his own.
 */
export async function knownToOthers(server: TestServer, town: Town, { id, name, say }: Resident): Promise<void> {
  await boundAndAsked(server, town, { id, name, say });
  await caredFor(server, town, id);
  await visited(server, town, { id, name, say });
  await inOffice(server, town, { id, name, say });
  await atComputer(server, id);
}

/** The resident's own request; and a stranger who says that he lives at this door is told that he does not. */
async function boundAndAsked(server: TestServer, town: Town, { id, name }: Resident): Promise<void> {
  const at = new Date(server.clock.now());
  const own = { id: ulid(), personId: id, targetId: id, kind: 'rebind' as const, state: 'bound' as const, version: 2 };
  const said = {
    saidHead: name,
    door: `${name}家`,
    confirmedById: town.people.deskLeadOutside.id,
    confirmedBy: '邓国梁',
  };
  const request = { ...own, ...said, stage: 'done' as const, gridId: town.groups.b1, askedAt: at, decidedAt: at };
  await server.world.database.transaction((db) => db.insert(BindingRequest, [request]));
  const body = { code: await server.wechat.issueCode(`openid-${ulid()}`) };
  const { token } = await clientOf(server.url).ok('people.signInWithWechat', { body });
  const asking = { actionId: ulid(), gridId: town.groups.b1, headName: name, door: `${name}家` };
  const asked = await clientOf(server.url, token).ok('bindings.ask', { body: asking });
  const params = { bindingId: asked.request?.bindingId ?? '' };
  const refusing = { actionId: ulid(), words: `${name}说不认识您` };
  await town.as('deskLeadOutside').ok('bindings.refuse', { params, body: refusing });
}

async function caredFor(server: TestServer, town: Town, id: string): Promise<void> {
  const desk = town.as('deskLeadOutside');
  const params = { householdId: town.households.farResident };
  const moved = { actionId: ulid(), kind: 'comeBack' as const, on: '2026-09-01', personIds: [id] };
  await desk.ok('households.record', { params, body: moved });
  const at = new Date(server.clock.now());
  const careFor = (carerId: string, householdId: string) => ({
    ...{ id: ulid(), carerId, householdId, state: 'agreed' as const, openMark: 1, kinship: 'child' as const },
    ...{ askedAt: at, startsAt: at },
  });
  await server.world.database.transaction((db) =>
    db.insert(CareRelation, [
      careFor(id, town.households.otherResident),
      careFor(town.people.child.id, town.households.farResident),
    ]),
  );
  const consent = { personId: id, how: 'spoken' as const, startsOn: '2026-09-15', endsOn: '2026-12-31' };
  await desk.ok('proxies.give', { params: { proxyId: ulid() }, body: consent });
}

async function visited(server: TestServer, town: Town, { id, name, say }: Resident): Promise<void> {
  const at = new Date(server.clock.now());
  const householdId = town.households.farResident;
  const link = { id: ulid(), householdId, memberId: town.people.memberOutside.id, startsAt: at };
  await server.world.database.transaction((db) => db.insert(HouseholdLink, [link]));
  const member = town.as('memberOutside');
  const params = { visitId: ulid() };
  const came = { result: 'met' as const, at: at.toISOString() };
  const photoIds = [await photoOf(town, 'memberOutside')];
  const first = { ...came, householdId, metWords: name, words: say('腿疼'), photoIds };
  await member.ok('visits.record', { params, body: first });
  const mended = { ...came, metPersonId: id, words: say('腿好了') };
  await member.ok('visits.change', { params, body: { actionId: ulid(), ...mended } });

  const sweep = sweepIn(server, town);
  await sweep.set({ gridId: town.villageB, purpose: `看看${name}家` }, 'deskLeadOutside');
  await sweep.act('deskLeadOutside', 'start');
  const targets = await sweep.targets({}, 'deskLeadOutside');
  const targetId = targets.find((target) => target.householdId === householdId)?.id ?? '';
  const seen = { answers: safe, words: say('电线老了'), additions: `${name}的孙子` };
  await sweep.visit('deskLeadOutside', targetId, seen);
}

async function inOffice(server: TestServer, town: Town, { id, name, say }: Resident): Promise<void> {
  const at = new Date(server.clock.now());
  const of = { tree: 'grid' as const, nodeId: town.villageB };
  const keeper = { behalfOfId: town.people.memberOutside.id, openReason: `${name}代管`, endReason: say('不做了') };
  const grant = { id: ulid(), personId: id, role: 'helper' as const, kind: 'volunteer' as const, ...of, ...keeper };
  const handover = {
    ...{
      id: ulid(),
      ...of,
      kind: 'resignation' as const,
      state: 'applied' as const,
      isOpen: null,
      words: `${name}不再担任`,
    },
    plan: { until: null, openReason: say('专职'), moveLinks: false, posts: [] },
    done: { changed: [], added: [], left: [`${name}的任职`] },
    ...{ effectiveAt: at, byId: id, byName: name, at, appliedAt: at },
  };
  const staged = { name, phone: say('') };
  await server.world.database.transaction(async (db) => {
    await db.insert(RoleGrant, [{ ...grant, startsAt: new Date(at.getTime() - 1000), endsAt: at }]);
    await db.insert(HandoverRow, [handover]);
    await db.insert(RosterRow, [
      {
        id: ulid(),
        importId: ulid(),
        unitKey: fingerprintOf(staged).toString('hex'),
        number: 1,
        content: JSON.stringify(staged),
      },
    ]);
  });
}

/** 电脑登录 and 二次验证. */
async function atComputer(server: TestServer, id: string): Promise<void> {
  await server.world.database.transaction(async (db) => {
    const at = new Date(server.clock.now());
    // As long as he held his post.
    await startSession(db, id, 'desktop', at);
    await db.insert(SecondFactor, [
      { id: ulid(), personId: id, secret: 'JBSWY3DPEHPK3PXP', enrolledAt: at, lastStep: 0, failures: 0 },
    ]);
    await db.insert(RecoveryCode, [{ personId: id, codeHash: randomBytes(32) }]);
  });
}
