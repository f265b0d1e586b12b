import { ulid } from 'ulid';
import type { EndpointKey, EndpointOf } from '@sandan/shared/api';
import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import type { RoundAction } from '@sandan/shared/commitments/round.lifecycle';
import { chinaYear } from '@sandan/shared/china-time';
import type { SentOf } from '@sandan/shared/endpoint';
import type { ProblemCode } from '@sandan/shared/problems';
import type { Client, Reply } from './client';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

export type BodyOfKey<Key extends EndpointKey> = SentOf<EndpointOf<Key>>['body'];
type DeedBody<Action extends CommitmentAction> = `commitments.${Action}` extends EndpointKey
  ? Omit<BodyOfKey<`commitments.${Action}`>, 'actionId'>
  : never;
type MoveBody<Action extends RoundAction> = `rounds.${Action}` extends EndpointKey
  ? Omit<BodyOfKey<`rounds.${Action}`>, 'actionId'>
  : never;
type Draft = BodyOfKey<'commitments.draft'>;
type Doer = PersonName | Client;

export type CommitmentJourney = ReturnType<typeof commitmentsIn>;

/** A promise's way through one town, told in the village's words, for tests; see journey.ts. */
export function commitmentsIn(server: TestServer, town: Town) {
  const year = chinaYear(server.clock.now());
  const who = (person: Doer): Client => (typeof person === 'string' ? town.as(person) : person);
  const post = (person: Doer, key: string, params: object, body: object): Promise<Reply<unknown>> => {
    const call = who(person).call as (key: string, sent: object) => Promise<Reply<unknown>>;
    return call(key, { params, body: { actionId: ulid(), ...body } });
  };
  const succeeded = async (reply: Promise<Reply<unknown>>, what: string): Promise<void> => {
    const { problem } = await reply;
    if (problem) throw new Error(`${what} was refused: ${JSON.stringify(problem)}`);
  };
  const refused = async (reply: Promise<Reply<unknown>>, what: string): Promise<ProblemCode> => {
    const { problem } = await reply;
    if (!problem) throw new Error(`${what} was not refused`);
    return problem.code;
  };

  const content = (more: Partial<Draft> = {}) => ({
    ...{ title: '装 4 盏路灯', words: `年底前在一组巷口装 4 盏太阳能路灯`, field: 'light' as const },
    ...{ quantity: 4, unit: '盏', forGridId: town.villageA, deadline: `${year}-12-31` },
    ...more,
  });
  const draftBody = (more: Partial<Draft> & { roundId: string }): Draft => ({
    kind: 'personal',
    ...content(),
    ...more,
  });
  const roundBody = () => ({
    ...{ organizationId: town.branches.committee, year },
    ...{ draftsUntil: `${year}-02-28`, reviewsUntil: `${year}-03-31`, endsOn: `${year}-12-31` },
  });

  const moves = <Action extends RoundAction>(person: Doer, action: Action, roundId: string, body?: MoveBody<Action>) =>
    succeeded(post(person, `rounds.${action}`, { roundId }, body ?? {}), action);
  const does = <Action extends CommitmentAction>(
    person: Doer,
    action: Action,
    commitmentId: string,
    body: DeedBody<Action>,
  ) => succeeded(post(person, `commitments.${action}`, { commitmentId }, body), action);

  const openRound = async (): Promise<string> => {
    const roundId = ulid();
    await town.as('townSecretary').ok('rounds.open', { params: { roundId }, body: roundBody() });
    return roundId;
  };
  const toDrafting = async (): Promise<string> => {
    const roundId = await openRound();
    await moves('townSecretary', 'startDrafting', roundId);
    return roundId;
  };
  const draft = async (more: Partial<Draft> & { roundId: string }, by: Doer = 'member'): Promise<string> => {
    const commitmentId = ulid();
    await who(by).ok('commitments.draft', { params: { commitmentId }, body: draftBody(more) });
    return commitmentId;
  };
  const toSubmitted = async (more: Partial<Draft> & { roundId: string }, by: Doer = 'member'): Promise<string> => {
    const commitmentId = await draft(more, by);
    await does(by, 'submit', commitmentId, {});
    return commitmentId;
  };
  const toPublished = async (more: Partial<Draft> = {}) => {
    const roundId = more.roundId ?? (await toDrafting());
    const commitmentId = await toSubmitted({ ...more, roundId });
    await does('secretary', 'approve', commitmentId, { version: 1 });
    await does('secretary', 'publish', commitmentId, {});
    return { roundId, commitmentId };
  };

  return {
    ...{ year, day: 24 * 60 * 60_000, content, draftBody, roundBody },
    ...{ moves, does, openRound, toDrafting, draft, toSubmitted, toPublished },
    cannot: <Action extends CommitmentAction>(
      person: Doer,
      action: Action,
      commitmentId: string,
      body: DeedBody<Action>,
    ) => refused(post(person, `commitments.${action}`, { commitmentId }, body), action),
    cannotMove: <Action extends RoundAction>(person: Doer, action: Action, roundId: string, body?: MoveBody<Action>) =>
      refused(post(person, `rounds.${action}`, { roundId }, body ?? {}), action),
    round: (roundId: string, person: PersonName = 'townSecretary') =>
      town.as(person).ok('rounds.read', { params: { roundId } }),
    stateOf: async (commitmentId: string, person: PersonName = 'member') =>
      (await town.as(person).ok('commitments.read', { params: { commitmentId } })).state,
    toUnderWay: async (): Promise<string> => {
      const roundId = await toDrafting();
      await moves('townSecretary', 'startReview', roundId);
      await moves('townSecretary', 'begin', roundId);
      return roundId;
    },
    /** Published and delivered, in a year under way. */
    toDelivered: async () => {
      const { roundId, commitmentId } = await toPublished();
      await moves('townSecretary', 'startReview', roundId);
      await moves('townSecretary', 'begin', roundId);
      await does('member', 'deliver', commitmentId, {
        words: '四盏都亮了',
        quantityDone: 4,
        noPhotoReason: 'nothingVisible',
      });
      return { roundId, commitmentId };
    },
  };
}
