import { systemActor } from '../rooms/orders/advance';
import { clocksOnly } from '../rooms/orders/clock-changes';
import { finished } from '../rooms/orders/close.service';
import { act, lapse, may } from './acts';
import { handle } from './handling';
import type { Inhabitant } from './homes';
import { callers, deskPerson, fitting } from './roles';
import { sendOut } from './sending';
import { wait, type Story } from './story';
import * as everyday from './words/everyday-words';

const day = 24 * 60;

/** 反馈: seven in ten answer by themselves, most of the others are called, some stay silent. */
export async function hearBack(story: Story, fate: 'content' | 'reopens' = 'content'): Promise<void> {
  const { random } = story.stage;
  const own = whoAnswers(story);
  if (fate === 'reopens' && own) return reopenOnce(story, own);
  if (own && random.chance(0.87)) return confirm(story, own);
  return random.chance(0.62) ? callBack(story) : staySilent(story);
}

function whoAnswers(story: Story): Inhabitant | undefined {
  const { requesterId, beneficiaryId } = story.record;
  const ids = [requesterId, beneficiaryId].filter((id) => id !== null);
  return ids
    .map((id) => story.stage.person(id))
    .find((person) => person.row.phone !== null && may(story, person, 'confirm'));
}

/** The three answers. Where the thing itself was not done, the answer can be accepted all the same. */
function threeAnswers(story: Story) {
  const { random } = story.stage;
  const done = story.record.outcome === 'solved' || story.record.outcome === 'selfSolved' || random.chance(0.35);
  const stars = random.weighted(done ? doneStars : undoneStars);
  const contacted = !random.chance(0.02);
  if (!done) return { contacted, solved: false, stars, words: random.pick(everyday.acceptsAnswer) };
  const words = random.pick(stars >= 4 ? everyday.thanks : everyday.mildWords);
  return { contacted, solved: true, stars, ...(random.chance(0.5) ? { words } : {}) };
}
// prettier-ignore
const doneStars: readonly (readonly [number, number])[] = [[5, 68], [4, 24], [3, 6], [2, 2]];
// prettier-ignore
const undoneStars: readonly (readonly [number, number])[] = [[5, 8], [4, 30], [3, 42], [2, 14], [1, 6]];

export async function confirm(story: Story, who: Inhabitant): Promise<void> {
  wait(story, story.stage.random.between(15, 3 * 840), 'daytime');
  await act(story, who, 'confirm', threeAnswers(story));
}

async function callBack(story: Story): Promise<void> {
  const { random } = story.stage;
  wait(story, random.between(0.5, 6) * 840, 'daytime');
  const caller = fitting(story, callers(story), 'recordCallback');
  const spokeTo = story.record.contactName ?? '家里人';
  const method = random.chance(0.8) ? 'phone' : 'visit';
  await act(story, caller, 'recordCallback', { ...threeAnswers(story), method, spokeTo, reopen: false });
}

/** 未回应办结: called once, nobody there; closed after seven days. */
async function staySilent(story: Story): Promise<void> {
  const reportedAt = story.at;
  wait(story, 4.5 * 840, 'daytime');
  await act(story, deskPerson(story, 'noteCall'), 'noteCall', { reached: false, words: '打了两次没人接。' });
  story.at = new Date(reportedAt.getTime() + 7 * day * 60_000);
  wait(story, 5, 'daytime');
  const { record, stage } = story;
  lapse(story, 'lapseFeedback', {
    to: 'unanswered',
    set: { closedHow: 'silent', closedAt: story.at },
    tasks: finished(record),
    clocks: clocksOnly(record, systemActor(story.at, stage.reference), 'unanswered'),
  });
}

/** 没办好: at once, or after a few days when it broke again. */
export async function reopen(story: Story, who: Inhabitant): Promise<void> {
  const { random } = story.stage;
  if (random.chance(0.5)) {
    await confirm(story, who);
    wait(story, random.between(1, 9) * 840, 'daytime');
  } else {
    wait(story, random.between(30, 1_600), 'daytime');
  }
  const anotherPerson = random.chance(0.3);
  await act(story, who, 'reopen', { words: random.pick(everyday.reopenWords), photoIds: [], anotherPerson });
}

async function reopenOnce(story: Story, who: Inhabitant): Promise<void> {
  await reopen(story, who);
  await sendOut(story);
  await handle(story);
  await hearBack(story);
}

/** 还是没办好, a third time: the town looks into it and has the last word. */
export async function goToReview(story: Story): Promise<void> {
  const who = whoAnswers(story);
  if (!who) throw new Error('Nobody is there who could appeal');
  for (const _ of [1, 2]) {
    await reopen(story, who);
    await sendOut(story);
    await handle(story);
  }
  wait(story, story.stage.random.between(30, 900), 'daytime');
  await act(story, who, 'appealUp', { words: story.stage.random.pick(everyday.reviewWords) });
}

export async function closeReview(story: Story): Promise<void> {
  const { random, holders, places } = story.stage;
  wait(story, random.between(1, 8) * 390);
  const townId = places.town.grid.id;
  const reviewer = fitting(
    story,
    [...holders('inspector', townId), ...holders('townDispatcher', townId)],
    'closeReview',
  );
  const words = random.pick(everyday.closeReviewWords);
  await act(story, reviewer, 'closeReview', { words, outcome: 'explained', residentAgrees: random.chance(0.5) });
}
