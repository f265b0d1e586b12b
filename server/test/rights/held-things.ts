import { ulid } from 'ulid';
import type { CheckedName } from '@sandan/shared/reviews/review.words';
import { CareRelation } from '../../src/rooms/households/care.entity';
import { commitmentsIn } from '../commitment-journey';
import { journeyIn } from '../journey';
import type { TestServer } from '../server';
import type { Town } from '../town';
import type { PersonName } from '../town-cast';
import { safe, sweepIn } from '../sweep-journey';
import { photoOf, voiceOf } from '../upload';

/** One thing that others may read, what it says, and who must not read it while it is held. */
export interface Mark {
  readonly field: CheckedName;
  readonly says: string;
  readonly outsiders: readonly PersonName[];
  /** Hidden from them before anybody has looked at it. */
  readonly waits: boolean;
}

/** Neither the desk nor the post of anything here. */
export const outsiders = [
  ...(['resident', 'spouse', 'otherResident', 'farResident', 'child', 'newcomer'] as const),
  ...(['member2', 'memberOutside', 'hubKeeper'] as const),
] satisfies PersonName[];
const but = (...writers: PersonName[]): PersonName[] => outsiders.filter((name) => !writers.includes(name));

/**
 * An order, a deed, an activity, a showcase and a sweep with words of their own in every place where somebody writes something that others
 * read; written in a browser, so WeChat judges none of it.
 */
export async function fillWithMarks(server: TestServer, town: Town): Promise<Mark[]> {
  const order = await markedOrder(server, town);
  const deed = await markedDeed(server, town);
  const activityId = ulid();
  const at = (hour: number) => new Date(server.clock.now() + hour * 3_600_000).toISOString();
  await town.as('deskLead').ok('activities.save', {
    params: { activityId },
    body: {
      ...{ version: 0, gridId: town.villageA, kind: 'volunteering', audience: 'everyone', title: 'mark-activity' },
      ...{ words: 'mark-activity-words', place: 'mark-activity-place', startsAt: at(30), endsAt: at(32), places: null },
    },
  });
  await town.as('otherResident').ok('activities.join', { params: { activityId }, body: { actionId: ulid() } });
  const showcaseId = ulid();
  const roundId = (await town.as('townDeputy').ok('showcases.list', {})).toSet[0]?.roundId ?? '';
  await town.as('townDeputy').ok('showcases.set', {
    params: { showcaseId },
    body: {
      ...{ roundId, title: 'mark-showcase', heldOn: '2026-12-20', criteria: [{ name: 'mark-criterion', weight: 100 }] },
      ...{ contestantIds: [town.branches.a, town.branches.b], judgeIds: [town.people.inspector.id] },
    },
  });
  const { started, targetOf, visit, act } = sweepIn(server, town);
  await started({ title: 'mark-sweep', purpose: 'mark-purpose' });
  await visit('deskLead', await targetOf('resident'), { answers: safe });
  await act('deskLead', 'split', { holderId: town.people.member2.id });
  await server.drain(town.townId);
  const notices = ['mark-showcase', 'mark-criterion', 'mark-sweep', 'mark-purpose', 'mark-activity'];
  return [
    ...[...order, ...deed],
    ...notices.map((says): Mark => ({ field: fieldOf(says), says, outsiders, waits: false })),
  ];
}

const fieldOf = (says: string): CheckedName => {
  if (says === 'mark-activity') return 'activity.notice';
  return says === 'mark-sweep' || says === 'mark-purpose' ? 'sweep.notice' : 'showcase.notice';
};

async function markedOrder(server: TestServer, town: Town): Promise<Mark[]> {
  const { place, does, send, claim, doesTask } = journeyIn(server, town);
  const now = new Date(server.clock.now());
  const care = { state: 'agreed', openMark: 1, kinship: 'child', agreedById: town.people.resident.id } as const;
  await server.world.database.transaction((db) =>
    db.insert(CareRelation, [
      {
        ...{ id: ulid(), carerId: town.people.child.id, householdId: town.households.resident, ...care },
        ...{ endedById: null, askedAt: now, startsAt: now, endsAt: null },
      },
    ]),
  );
  const [photo, evidence] = [await photoOf(town, 'resident'), await photoOf(town, 'member')];
  const voice = await voiceOf(town, 'resident');
  const said = { words: 'mark-words', address: 'mark-address', photoIds: [photo], voiceId: voice };
  const orderId = await place({ gridId: town.groups.a1, ...said });
  const other = await place({ gridId: town.groups.a1 }, 'otherResident');
  await does('deskLead', 'accept', orderId, {
    ...{ visibility: 'open', title: 'mark-title', publicSummary: 'mark-summary' },
  });
  await does('deskLead', 'accept', other, {});
  await does('deskLead', 'merge', other, { primaryId: orderId });
  const taskId = await send(orderId);
  await claim(taskId, 'member');
  await doesTask('member', 'note', taskId, { words: 'mark-step', photoIds: [evidence] });
  await does('deskLead', 'ask', await place({ gridId: town.groups.a1 }), { words: 'mark-question' });
  return [
    { field: 'order.words', says: 'mark-words', outsiders: but('resident', 'hubKeeper'), waits: true },
    { field: 'order.photo', says: photo, outsiders: but('resident', 'hubKeeper'), waits: true },
    { field: 'order.voice', says: voice, outsiders: but('resident', 'hubKeeper'), waits: true },
    { field: 'order.summary', says: 'mark-summary', outsiders: but('hubKeeper'), waits: true },
    { field: 'order.summary', says: 'mark-title', outsiders: but('hubKeeper'), waits: false },
    { field: 'order.step', says: 'mark-step', outsiders: but('hubKeeper'), waits: false },
    { field: 'order.officeStep', says: 'mark-question', outsiders: but('hubKeeper'), waits: false },
    { field: 'order.evidence', says: evidence, outsiders: but('hubKeeper'), waits: false },
  ];
}

async function markedDeed(server: TestServer, town: Town): Promise<Mark[]> {
  const { toPublished, does, content, moves } = commitmentsIn(server, town);
  const photo = await photoOf(town, 'member');
  const { roundId, commitmentId } = await toPublished({ title: 'mark-deed' });
  const { commitmentId: done } = await toPublished({ roundId, title: 'mark-done' });
  await does('otherResident', 'opine', commitmentId, { words: 'mark-opinion' });
  const { opinions } = await town.as('secretary').ok('commitments.read', { params: { commitmentId } });
  // 原话先不公开: what is answered stays as it is for this test.
  const answer = { opinionId: opinions[0]?.id ?? '', words: 'mark-answer', keepHeld: true };
  await does('secretary', 'answerOpinion', commitmentId, answer);
  await moves('townSecretary', 'startReview', roundId);
  await moves('townSecretary', 'begin', roundId);
  await does('member', 'progress', commitmentId, { words: 'mark-progress', percent: 10, photoIds: [photo] });
  await does('member', 'requestChange', commitmentId, {
    ...{ kind: 'amend', reason: 'mark-reason', content: { ...content(), title: 'mark-deed' } },
  });
  await does('member', 'deliver', done, { words: 'mark-deliver', quantityDone: 4, noPhotoReason: 'nothingVisible' });
  for (const person of ['resident', 'spouse', 'hubKeeper', 'electrician'] as const)
    await does(person, 'rate', done, { stars: 5 });
  await does('otherResident', 'rate', done, { stars: 4, words: 'mark-rating' });
  await does('spouse', 'dispute', done, { words: 'mark-dispute', photoIds: [] });
  return [
    { field: 'commitment.opinion', says: 'mark-opinion', outsiders: but('otherResident'), waits: true },
    { field: 'commitment.answer', says: 'mark-answer', outsiders: outsiders, waits: false },
    { field: 'commitment.step', says: 'mark-progress', outsiders: outsiders, waits: true },
    { field: 'commitment.change', says: 'mark-reason', outsiders: outsiders, waits: true },
    { field: 'commitment.rating', says: 'mark-rating', outsiders: but('otherResident'), waits: true },
    { field: 'commitment.step', says: 'mark-deliver', outsiders: outsiders, waits: true },
    { field: 'commitment.dispute', says: 'mark-dispute', outsiders: but('spouse'), waits: true },
    { field: 'commitment.photo', says: photo, outsiders: outsiders, waits: true },
    { field: 'commitment.deed', says: 'mark-deed', outsiders: outsiders, waits: false },
    { field: 'commitment.deed', says: 'mark-done', outsiders: outsiders, waits: false },
  ];
}
