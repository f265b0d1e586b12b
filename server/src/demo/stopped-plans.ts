import { channels, type Channel } from '@sandan/shared/orders/order.words';
import { systemActor } from '../rooms/orders/advance';
import { clocksOnly } from '../rooms/orders/clock-changes';
import { act, lapse, may } from './acts';
import { pass } from './pace';
import { begun, type Plan } from './plans';
import { deskPerson, fitting } from './roles';
import { NobodyFits, wait, type Story } from './story';
import { accept, openSealed, study } from './studying';
import * as everyday from './words/everyday-words';

const stoppable = (id: string): boolean =>
  !['hazard', 'disaster', 'missingPerson', 'childCare', 'cadreConduct'].includes(id);

/** 不予受理, with words and where to go instead; some object, and the town's answer is the last. */
export const declined: Plan = async (stage) => {
  const { random } = stage;
  const story = begun(stage, { source: random.pick(['resident', 'family', 'hub'] as const), among: stoppable });
  if (random.chance(0.1)) return [await declinedBySilence(story)];
  pass(story, 'study');
  await decline(story);
  const requester = stage.person(story.record.requesterId ?? '');
  if (random.chance(0.1) && requester.row.phone !== null) {
    wait(story, random.between(60, 900), 'daytime');
    await act(story, requester, 'object', { words: '我觉得这件事村里应该管，请再看看。' });
    pass(story, 'study');
    await decline(story);
  }
  return [story];
};

async function decline(story: Story): Promise<void> {
  await openSealed(story);
  const [reason, words] = story.stage.random.pick(everyday.declineStories);
  await act(story, deskPerson(story, 'decline'), 'decline', { reason, words });
}

async function declinedBySilence(story: Story): Promise<Story> {
  const { random, reference } = story.stage;
  pass(story, 'study');
  await openSealed(story);
  if (!may(story, deskPerson(story, 'accept'), 'ask')) throw new NobodyFits('An emergency is not asked back');
  await act(story, deskPerson(story, 'ask'), 'ask', { words: random.pick(everyday.askWords) });
  wait(story, 3.5 * 840, 'daytime');
  await act(story, deskPerson(story, 'noteCall'), 'noteCall', { reached: false, words: '电话没有人接。' });
  wait(story, 2 * 840, 'daytime');
  lapse(story, 'lapseAnswer', {
    to: 'declined',
    set: { closedAt: story.at },
    clocks: clocksOnly(story.record, systemActor(story.at, reference), 'declined'),
    words: '我们问的情况没有等到回复，方便时请再点单。',
    facts: { reason: 'noAnswer', reasonName: '补充无回应' },
  });
  return story;
}

/** What other channels are for. */
const channelOf: Partial<Record<string, Channel>> = {
  dispute: 'mediation',
  papers: 'serviceCase',
  suggestion: 'topic',
  villageAccounts: 'petition',
  cadreConduct: 'discipline',
};

export const converted =
  (categoryId: keyof typeof channelOf): Plan =>
  async (stage) => {
    const { random } = stage;
    const story = begun(stage, { categoryId: String(categoryId), source: 'resident' });
    pass(story, 'study');
    await openSealed(story);
    if (random.chance(0.5)) await accept(story);
    const channel = channelOf[categoryId] ?? 'petition';
    const words = `这件事由${channels[channel]}办理，已经帮您转过去，进展会告诉您。`;
    await act(story, deskPerson(story, 'convert'), 'convert', {
      channel,
      words,
      reference: `转办 ${random.int(100, 999)} 号`,
    });
    return [story];
  };

export const withdrawn: Plan = async (stage) => {
  const { random } = stage;
  const story = begun(stage, { source: random.pick(['resident', 'family'] as const), among: stoppable });
  const requester = stage.person(story.record.requesterId ?? '');
  if (random.chance(0.5)) await study(story);
  wait(story, random.between(5, 60), 'daytime');
  await act(story, fitting(story, [requester], 'withdraw'), 'withdraw', { words: random.pick(everyday.withdrawWords) });
  return [story];
};
