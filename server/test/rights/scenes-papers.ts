import { paperAddress } from '../../src/rooms/commitments/paper-name';
import { Debtor } from '../../src/rooms/commitments/round.entity';
import { debtor, deedIn, roundIn } from './scenes-commitments';
import { showcaseIn } from './scenes-showcases';
import { call, now, outcomeOf, write, type MakeScene, type Scenes, type Stage } from './stage';
import type { Outcome } from './matrix';

/** A published deed, and who owes it. */
async function underWay(stage: Stage): Promise<string> {
  const { roundId } = await deedIn(stage, 'published');
  await write(stage, Debtor, [debtor(stage, roundId)]);
  return roundId;
}

export async function outcomeOfFile(response: Response): Promise<Outcome> {
  const { ok, status, headers } = response;
  if (!ok) return outcomeOf({ status, headers, problem: (await response.json()) as never });
  return (await response.arrayBuffer()).byteLength > 0 ? 'yes' : 'empty';
}

/** By the address that the town's secretary was given; `forged`: its signature on the paper of another year. */
const opening =
  (forged: boolean): MakeScene =>
  async (stage) => {
    const personId = stage.town.people.townSecretary.id;
    const addressOf = (roundId: string) => {
      const name = { kind: 'debtors', personId, roundId, organizationId: null, short: false } as const;
      return paperAddress(name, stage.server.world.signing, now(stage));
    };
    const address = addressOf(await underWay(stage));
    const other = addressOf((await roundIn(stage, 'underWay')).roundId);
    const path = forged ? `${other.split('?')[0]}?${address.split('?')[1]}` : address;
    return { attempt: async (client) => outcomeOfFile(await client.raw('GET', path)) };
  };

export const paperScenes = {
  'papers.notices': async (stage) => {
    const roundId = await underWay(stage);
    const branch = stage.town.branches.a;
    return { attempt: (client) => call(client, 'papers.notices', { params: { roundId } }, branch) };
  },
  'papers.notice': async (stage) => {
    const params = { roundId: await underWay(stage), organizationId: stage.town.branches.a };
    return { attempt: (client) => call(client, 'papers.notice', { params }) };
  },
  'papers.showcase': async (stage) => {
    const showcaseId = await showcaseIn(stage, 'signed');
    return { attempt: (client) => call(client, 'papers.showcase', { params: { showcaseId } }) };
  },
  'papers.board': async (stage) => {
    const roundId = await underWay(stage);
    return { attempt: (client) => call(client, 'papers.board', { query: { roundId } }) };
  },
  'papers.figures': async (stage) => {
    const roundId = await underWay(stage);
    return { attempt: (client) => call(client, 'papers.figures', { query: { roundId } }) };
  },
  'papers.debtors': async (stage) => {
    const roundId = await underWay(stage);
    return { attempt: (client) => call(client, 'papers.debtors', { query: { roundId } }) };
  },
  'papers.open': opening(false),
  'papers.open forged': opening(true),
} satisfies Scenes;
