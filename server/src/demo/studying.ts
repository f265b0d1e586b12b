import { act } from './acts';
import type { Inhabitant } from './homes';
import { pass } from './pace';
import { deskPerson, fitting } from './roles';
import { wait, type Story } from './story';
import * as everyday from './words/everyday-words';
import { filled, said } from './words/texts';

/** 研判: sometimes a question first, sometimes late; then the order has the desk's title and a summary for the public. */
export async function study(story: Story): Promise<void> {
  const { random } = story.stage;
  pass(story, 'study', random.chance(0.04) ? 1.5 : 1);
  await openSealed(story);
  if (story.record.urgency !== 'emergency' && random.chance(0.05)) await askBack(story);
  await accept(story);
}

export async function accept(story: Story): Promise<void> {
  const { random } = story.stage;
  const { record, texts } = story;
  const title = filled(texts.matter.title, texts);
  const summary = record.visibility === 'open' ? { publicSummary: `${title}，村里已经安排人去办。` } : {};
  const words = random.chance(0.3) ? { words: random.pick(everyday.acceptWords) } : {};
  await act(story, deskPerson(story, 'accept'), 'accept', { title, ...summary, ...words, requesterConsents: false });
}

/** Nobody reads a confidential order before one person of the desk has opened it. */
export async function openSealed(story: Story): Promise<void> {
  const { visibility, deskPersonId } = story.record;
  if (visibility === 'confidential' && deskPersonId === null) await act(story, deskPerson(story, 'open'), 'open', {});
}

async function askBack(story: Story): Promise<void> {
  const { random } = story.stage;
  await act(story, deskPerson(story, 'ask'), 'ask', { words: random.pick(everyday.askWords) });
  wait(story, random.between(20, 900), 'daytime');
  await act(story, answerer(story), 'answer', { words: said(random, everyday.answerWords, story.texts), photoIds: [] });
  pass(story, 'study', 0.3);
}

/** The requester where there is one who may, else the desk after a call. */
const answerer = (story: Story): Inhabitant => {
  const { requesterId } = story.record;
  const own = requesterId ? [story.stage.person(requesterId)] : [];
  return fitting(story, [...own, deskPerson(story, 'accept')], 'answer');
};
