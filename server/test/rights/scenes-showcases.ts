import { ulid } from 'ulid';
import type { EndpointKey } from '@sandan/shared/api';
import { showcaseLifecycle, type ShowcaseState } from '@sandan/shared/commitments/showcase.lifecycle';
import { stageOf } from '@sandan/shared/lifecycle';
import {
  Showcase,
  ShowcaseContestant,
  ShowcaseJudge,
  ShowcaseScore,
} from '../../src/rooms/commitments/showcase.entity';
import { roundIn } from './scenes-commitments';
import { call, now, write, type MakeScene, type Scenes, type Stage } from './stage';

const showcasePlan = ({ town }: Stage) => ({
  ...{ title: '年终打擂', heldOn: '2026-12-20', criteria: [{ name: '兑现', weight: 100 }], residentShare: 30 },
  contestantIds: [town.branches.a, town.branches.b],
  judgeIds: [town.people.townDispatcher.id],
});

/** A showcase as it stands; when it is being scored, one village has its marks. */
export async function showcaseIn(stage: Stage, state: ShowcaseState): Promise<string> {
  const { town } = stage;
  const { roundId } = await roundIn(stage, 'closing');
  const showcaseId = ulid();
  const { contestantIds, judgeIds, ...plan } = showcasePlan(stage);
  await write(stage, Showcase, [
    {
      ...{ ...plan, id: showcaseId, roundId, organizationId: town.branches.committee, townId: town.townId, state },
      ...{ stage: stageOf(showcaseLifecycle, state), version: 1, setById: town.people.townDeputy.id },
      ...(state === 'signed' ? { results: [], signedBy: town.people.townSecretary.name, signedAt: now(stage) } : {}),
      ...{ setAt: now(stage), fingerprint: Buffer.alloc(32) },
    },
  ]);
  const contestants = contestantIds.map((organizationId, position) => ({ showcaseId, organizationId, position }));
  await write(stage, ShowcaseContestant, contestants);
  await write(stage, ShowcaseJudge, [{ showcaseId, personId: judgeIds[0] ?? '' }]);
  const scored = { showcaseId, judgeId: judgeIds[0] ?? '', organizationId: town.branches.b };
  if (state === 'scoring') await write(stage, ShowcaseScore, [{ ...scored, marks: [70], at: now(stage) }]);
  return showcaseId;
}

const holding =
  (action: string, state: ShowcaseState, body: (stage: Stage) => object = () => ({})): MakeScene =>
  async (stage) => {
    const showcaseId = await showcaseIn(stage, state);
    const sent = body(stage);
    return {
      attempt: (client) =>
        call(
          client,
          `showcases.${action}` as EndpointKey,
          {
            params: { showcaseId },
            body: { actionId: ulid(), ...sent },
          } as never,
        ),
    };
  };

export const showcaseScenes = {
  'showcases.set': async (stage) => {
    const { roundId } = await roundIn(stage, 'closing');
    const body = { ...showcasePlan(stage), roundId };
    return { attempt: (client) => call(client, 'showcases.set', { params: { showcaseId: ulid() }, body }) };
  },
  'showcases.list': async (stage) => {
    const showcaseId = await showcaseIn(stage, 'scoring');
    return { attempt: (client) => call(client, 'showcases.list', {}, showcaseId) };
  },
  'showcases.read': async (stage) => {
    const showcaseId = await showcaseIn(stage, 'scoring');
    return { attempt: (client) => call(client, 'showcases.read', { params: { showcaseId } }) };
  },
  'showcases.deeds': async (stage) => {
    const showcaseId = await showcaseIn(stage, 'scoring');
    return { attempt: (client) => call(client, 'showcases.deeds', { params: { showcaseId } }, stage.town.branches.a) };
  },
  'showcases.contestants': async (stage) => {
    const { roundId } = await roundIn(stage, 'closing');
    return { attempt: (client) => call(client, 'showcases.contestants', { params: { roundId } }) };
  },
  'showcases.judges': async (stage) => {
    const { roundId } = await roundIn(stage, 'closing');
    const named = stage.town.people.memberOutside.name;
    return {
      attempt: (client) => call(client, 'showcases.judges', { params: { roundId }, query: { q: named } }, named),
    };
  },
  'showcases.change': holding('change', 'preparing', showcasePlan),
  'showcases.start': holding('start', 'preparing'),
  'showcases.score': holding('score', 'scoring', ({ town }) => ({ organizationId: town.branches.a, marks: [80] })),
  'showcases.finish': holding('finish', 'scoring'),
  'showcases.sign': holding('sign', 'counted'),
  'showcases.cancel': holding('cancel', 'preparing'),
} satisfies Scenes;
