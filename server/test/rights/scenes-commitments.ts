import { ulid } from 'ulid';
import type { EndpointKey } from '@sandan/shared/api';
import { commitmentLifecycle, type CommitmentState } from '@sandan/shared/commitments/commitment.lifecycle';
import { usualMinima } from '@sandan/shared/commitments/commitment.words';
import { roundLifecycle, type RoundState } from '@sandan/shared/commitments/round.lifecycle';
import { chinaYear } from '@sandan/shared/china-time';
import { stageOf } from '@sandan/shared/lifecycle';
import {
  Commitment,
  CommitmentChange,
  CommitmentDispute,
  CommitmentOpinion,
  CommitmentRating,
} from '../../src/rooms/commitments/commitment.entity';
import { Debtor, Round } from '../../src/rooms/commitments/round.entity';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';

const words = { words: '按规矩办' };
/** Each scene has a year of its own: a committee has one round a year. */
let years = 3000;
/** The last year there can be: other scenes count up from elsewhere. */
const comparedYear = 2100;
let yearToCompare: { roundId: string } | undefined;

export async function roundIn(
  stage: Stage,
  state: RoundState,
  given?: number,
): Promise<{ roundId: string; year: number }> {
  const roundId = ulid();
  years += 1;
  const year = given ?? years;
  const present = chinaYear(now(stage).getTime());
  await write(stage, Round, [
    {
      ...{ id: roundId, organizationId: stage.town.branches.committee, townId: stage.town.townId, year },
      ...{ state, stage: stageOf(roundLifecycle, state), version: 1, minima: usualMinima, ranks: ['branch'] },
      ...{ draftsUntil: `${present}-02-28`, reviewsUntil: `${present}-03-31`, endsOn: `${year}-12-31` },
      ...{ openedById: stage.town.people.townSecretary.id, openedAt: now(stage) },
    },
  ]);
  return { roundId, year };
}

interface Deed {
  roundId: string;
  year: number;
  commitmentId: string;
  opinionId: string;
  changeId: string;
}

const contentFor = ({ town }: Stage, year: number) => ({
  ...{ title: '装 4 盏路灯', words: '在一组巷口装 4 盏太阳能路灯', field: 'light' as const, quantity: 4, unit: '盏' },
  ...{ forGridId: town.villageA, deadline: `${year}-12-31`, forWords: null, money: null, moneySource: null },
});

/** A deed of the member's, as it stands in the village: nothing is told of how it came there. */
export async function deedIn(stage: Stage, state: CommitmentState, roundState: RoundState = 'underWay'): Promise<Deed> {
  const { town } = stage;
  const { roundId, year } = await roundIn(stage, roundState);
  const [commitmentId, opinionId, changeId] = [ulid(), ulid(), ulid()];
  const at = now(stage);
  const memberId = town.people.member.id;
  await write(stage, Commitment, [
    {
      ...contentFor(stage, year),
      ...{ id: commitmentId, roundId, kind: 'personal', state, stage: stageOf(commitmentLifecycle, state), version: 1 },
      ...{ contentVersion: 1, organizationId: town.branches.a, personId: memberId, authorId: memberId },
      ...{
        responsibleId: memberId,
        reviewOrganizationId: town.branches.a,
        disputeOrganizationId: town.branches.committee,
      },
      ...{ countyId: town.countyId, townId: town.townId, villageId: town.villageA, groupId: null },
      ...{ draftedAt: at, publishedAt: at, deliveredAt: at, acceptedAt: null, fingerprint: Buffer.alloc(32) },
      ...(state === 'disputed' ? { disputedFrom: 'delivered' as const } : {}),
      ...(state === 'kept' ? { correctsTo: 'notKept' as const, correctedById: town.people.townDeputy.id } : {}),
    },
  ]);
  const said = { commitmentId, words: '先装巷口那盏', at };
  await write(stage, CommitmentOpinion, [{ ...said, id: opinionId, personId: town.people.spouse.id }]);
  if (state === 'disputed') {
    await write(stage, CommitmentDispute, [
      { ...said, id: ulid(), personId: town.people.spouse.id, dueAt: at, isOpen: 1 },
    ]);
  }
  return { roundId, year, commitmentId, opinionId, changeId };
}

const askChange = async (stage: Stage, { commitmentId, changeId }: Deed): Promise<void> => {
  const by = { byId: stage.town.people.member.id, byName: stage.town.people.member.name };
  await write(stage, CommitmentChange, [
    { id: changeId, commitmentId, kind: 'abandon', reason: '路要改线', ...by, at: now(stage), isOpen: 1 },
  ]);
};

const holdWords = async (stage: Stage, { commitmentId }: Deed): Promise<object> => {
  const said = '说好的灯不亮';
  const personId = stage.town.people.spouse.id;
  await write(stage, CommitmentRating, [{ commitmentId, personId, stars: 1, words: said, at: now(stage), held: 1 }]);
  return { said };
};

type Prepare = (stage: Stage, deed: Deed) => Promise<object> | object;

/** An action on a deed that stands as given. */
const acting =
  (action: string, state: CommitmentState, body: Prepare = () => ({}), roundState?: RoundState): MakeScene =>
  async (stage) => {
    const deed = await deedIn(stage, state, roundState);
    const sent = await body(stage, deed);
    const params = { commitmentId: deed.commitmentId };
    return {
      commitmentId: deed.commitmentId,
      attempt: (client) =>
        call(client, `commitments.${action}` as EndpointKey, { params, body: { actionId: ulid(), ...sent } } as never),
    };
  };

const moving =
  (action: string, state: RoundState, body: (stage: Stage) => object = () => ({})): MakeScene =>
  async (stage) => {
    const { roundId } = await roundIn(stage, state);
    if (action === 'exempt') await write(stage, Debtor, [debtor(stage, roundId)]);
    if (action === 'readmit') await write(stage, Debtor, [{ ...debtor(stage, roundId), exempt: 'ill' }]);
    const sent = body(stage);
    return {
      attempt: (client) =>
        call(
          client,
          `rounds.${action}` as EndpointKey,
          {
            params: { roundId },
            body: { actionId: ulid(), ...sent },
          } as never,
        ),
    };
  };

export const debtor = ({ town }: Stage, roundId: string): Debtor => ({
  ...{ roundId, debtorId: town.people.member.id, kind: 'person', organizationId: town.branches.a },
  ...{ name: town.people.member.name, owed: { personal: 4 }, fromMonth: null, exempt: null, exemptWords: null },
});

const mended: Prepare = (_, { year }) => ({ ...words, mendBy: `${year}-06-30` });

const many =
  (key: 'commitments.approveMany' | 'commitments.publishMany', state: CommitmentState): MakeScene =>
  async (stage) => {
    const { commitmentId } = await deedIn(stage, state);
    const body = { actionId: ulid(), items: [{ commitmentId, version: 1 }] };
    return { commitmentId, attempt: (client) => call(client, key, { body: { ...body, actionId: ulid() } }) };
  };

export const commitmentScenes = {
  'commitments.draft': async (stage) => {
    const { roundId, year } = await roundIn(stage, 'drafting');
    const body = { roundId, kind: 'personal' as const, ...contentFor(stage, year) };
    return {
      attempt: (client) => call(client, 'commitments.draft', { params: { commitmentId: ulid() }, body }),
    };
  },
  'commitments.counts': async (stage) => {
    await deedIn(stage, 'submitted');
    return { attempt: (client) => call(client, 'commitments.counts', {}, /"review":\{/) };
  },
  'commitments.list': async (stage) => {
    const { roundId, commitmentId } = await deedIn(stage, 'published');
    return { attempt: (client) => call(client, 'commitments.list', { query: { roundId } }, commitmentId) };
  },
  'commitments.read': async (stage) => {
    const { commitmentId } = await deedIn(stage, 'published');
    return { attempt: (client) => call(client, 'commitments.read', { params: { commitmentId } }) };
  },
  'commitments.read draft': async (stage) => {
    const { commitmentId } = await deedIn(stage, 'draft');
    return { attempt: (client) => call(client, 'commitments.read', { params: { commitmentId } }) };
  },
  'commitments.rewrite': acting('rewrite', 'draft', (stage, { year }) => ({ content: contentFor(stage, year) })),
  'commitments.submit': acting('submit', 'draft'),
  'commitments.recall': acting('recall', 'submitted'),
  'commitments.withdraw': acting('withdraw', 'submitted'),
  'commitments.return': acting('return', 'submitted', () => words),
  'commitments.approve': acting('approve', 'submitted', () => ({ version: 1 })),
  'commitments.approveMany': many('commitments.approveMany', 'submitted'),
  'commitments.publish': acting('publish', 'approved'),
  'commitments.publishMany': many('commitments.publishMany', 'approved'),
  'commitments.opine': acting('opine', 'published', () => words),
  'commitments.answerOpinion': acting('answerOpinion', 'published', (_, { opinionId }) => ({ ...words, opinionId })),
  'commitments.progress': acting('progress', 'published', () => words),
  'commitments.linkOrder': acting('linkOrder', 'published', async ({ put, town }) => ({
    orderId: (await put({ requesterId: town.people.member.id })).orderId,
  })),
  'commitments.requestChange': acting('requestChange', 'published', () => ({ kind: 'abandon', reason: '路要改线' })),
  'commitments.approveChange': acting('approveChange', 'published', async (stage, deed) => {
    await askChange(stage, deed);
    return { changeId: deed.changeId };
  }),
  'commitments.refuseChange': acting('refuseChange', 'published', async (stage, deed) => {
    await askChange(stage, deed);
    return { changeId: deed.changeId, ...words };
  }),
  'commitments.deliver': acting('deliver', 'published', () => ({ ...words, noPhotoReason: 'nothingVisible' })),
  'commitments.takeBack': acting('takeBack', 'delivered'),
  'commitments.accept': acting('accept', 'delivered', () => ({ onSite: true })),
  'commitments.reject': acting('reject', 'delivered', mended),
  'commitments.showWords': acting('showWords', 'accepted', holdWords),
  'commitments.hideWords': acting('hideWords', 'accepted', holdWords),
  'commitments.dispute': acting('dispute', 'delivered', () => words),
  'commitments.uphold': acting('uphold', 'disputed', mended),
  'commitments.dismiss': acting('dismiss', 'disputed', () => words),
  'commitments.rate': acting('rate', 'delivered', () => ({ stars: 5 })),
  'commitments.release': acting('release', 'published', () => ({ ...words, reason: 'moved' })),
  'commitments.askCorrection': acting('askCorrection', 'kept', () => ({ ...words, result: 'notKept' }), 'closed'),
  'commitments.correct': acting('correct', 'kept', undefined, 'closed'),

  'rounds.open': async ({ town }) => ({
    attempt: (client) => {
      years += 1;
      return call(client, 'rounds.open', {
        params: { roundId: ulid() },
        body: {
          ...{ organizationId: town.branches.committee, year: 2020 + (years % 80) },
          ...{ draftsUntil: '2030-02-28', reviewsUntil: '2030-03-31', endsOn: '2030-12-31' },
        },
      });
    },
  }),
  'rounds.list': async (stage) => {
    const { roundId } = await roundIn(stage, 'underWay');
    return { attempt: (client) => call(client, 'rounds.list', {}, roundId) };
  },
  'rounds.read': async (stage) => {
    const { roundId } = await roundIn(stage, 'underWay');
    return { attempt: (client) => call(client, 'rounds.read', { params: { roundId } }) };
  },
  'rounds.debtors': async (stage) => {
    const { roundId } = await roundIn(stage, 'underWay');
    await write(stage, Debtor, [debtor(stage, roundId)]);
    return {
      attempt: (client) => call(client, 'rounds.debtors', { params: { roundId } }, stage.town.people.member.id),
    };
  },
  'rounds.members': async (stage) => {
    const { roundId } = await roundIn(stage, 'drafting');
    return {
      attempt: (client) => call(client, 'rounds.members', { params: { roundId } }, stage.town.people.member.id),
    };
  },
  'rounds.figures': async (stage) => {
    const { roundId } = await deedIn(stage, 'published');
    return { attempt: (client) => call(client, 'rounds.figures', { params: { roundId } }, /"promised":1/) };
  },
  'rounds.figures by member': async (stage) => {
    const { roundId } = await deedIn(stage, 'published');
    const { branches, people } = stage.town;
    const sent = { params: { roundId }, query: { under: branches.a } };
    return { attempt: (client) => call(client, 'rounds.figures', sent, people.member.id) };
  },
  'rounds.yearFigures': async (stage) => {
    yearToCompare ??= await roundIn(stage, 'underWay', comparedYear);
    const { roundId } = yearToCompare;
    return {
      attempt: (client) => call(client, 'rounds.yearFigures', { params: { year: comparedYear } }, roundId),
    };
  },
  'rounds.roster': async (stage) => {
    const { roundId } = await roundIn(stage, 'underWay');
    const { member } = stage.town.people;
    const sent = { params: { roundId }, query: { q: member.name } };
    return { attempt: (client) => call(client, 'rounds.roster', sent, member.id) };
  },
  'rounds.remind': async (stage) => {
    const { roundId } = await roundIn(stage, 'drafting');
    await write(stage, Debtor, [debtor(stage, roundId)]);
    const sent = () => ({ params: { roundId }, body: { actionId: ulid() } });
    return { attempt: (client) => call(client, 'rounds.remind', sent(), /"reminded":1/) };
  },
  'rounds.blockers': async (stage) => {
    const { roundId, commitmentId } = await deedIn(stage, 'delivered', 'closing');
    return { attempt: (client) => call(client, 'rounds.blockers', { params: { roundId } }, commitmentId) };
  },
  'rounds.startDrafting': moving('startDrafting', 'preparing'),
  'rounds.startReview': moving('startReview', 'drafting'),
  'rounds.begin': moving('begin', 'reviewing'),
  'rounds.lookBack': moving('lookBack', 'underWay'),
  'rounds.goOn': moving('goOn', 'midYear'),
  'rounds.startClosing': moving('startClosing', 'underWay'),
  'rounds.close': moving('close', 'closing'),
  'rounds.exempt': moving('exempt', 'drafting', ({ town }) => ({ debtorId: town.people.member.id, reason: 'ill' })),
  'rounds.readmit': moving('readmit', 'drafting', ({ town }) => ({ debtorId: town.people.member.id })),
  'rounds.include': moving('include', 'underWay', ({ town }) => ({ personId: town.people.member2.id, fromMonth: 7 })),
} satisfies Scenes;
