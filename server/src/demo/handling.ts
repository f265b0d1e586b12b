import type { Outcome } from '@sandan/shared/orders/order.words';
import type { ClockKind } from '@sandan/shared/working-time';
import { systemActor } from '../rooms/orders/advance';
import { resumed } from '../rooms/orders/study.service';
import { act, actOnTask, lapse } from './acts';
import type { Inhabitant } from './homes';
import { clockOf, pass, type Span } from './pace';
import { deskPerson } from './roles';
import type { SceneName } from './scenes';
import { shifted, type Stage } from './stage';
import { currentTask, wait, type Story } from './story';
import * as everyday from './words/everyday-words';
import { filled, said, wordsOf, type Texts } from './words/texts';

export interface Ending {
  outcome: Outcome;
  words: string;
  link?: string;
  linkOn?: string;
  picture?: SceneName | undefined;
}

// prettier-ignore
const ordinaryOutcomes: readonly (readonly [Outcome, number])[] = [
  ['solved', 78], ['partlySolved', 4], ['explained', 8], ['planned', 8], ['selfSolved', 1], ['beyondPower', 1],
];

/** How it ends, by the words there are for it. */
export function endingOf({ random }: Stage, categoryId: string, texts: Texts, wish?: Outcome): Ending {
  const { matter } = texts;
  const outcome = wish ?? random.weighted(ordinaryOutcomes);
  const solved: Ending = {
    outcome: 'solved',
    words: said(random, matter.done, texts),
    picture: wordsOf(categoryId).after,
  };
  switch (outcome) {
    case 'partlySolved':
      return { ...solved, outcome, words: `${solved.words.replace(/。$/, '')}，还剩一点，过几天再来弄完。` };
    case 'explained':
      return matter.explained ? { outcome, words: filled(matter.explained, texts) } : solved;
    case 'planned': {
      if (!matter.planned) return solved;
      const [words, link] = matter.planned;
      return { outcome, words: filled(words, texts), link: filled(link, texts) };
    }
    case 'beyondPower':
      return {
        outcome,
        words: '这件事村里办不了，已经转给县里的主管部门，编号写在下面。',
        link: `县转办单 ${random.int(100, 999)} 号`,
      };
    case 'selfSolved':
      return { outcome, words: '到的时候人家自己已经弄好了，看过没有问题。' };
    default:
      return solved;
  }
}

/** The same for a story under way. */
export const endingFor = ({ stage, record, texts }: Story, wish?: Outcome): Ending =>
  endingOf(stage, record.categoryId, texts, wish);

/** 处置: contact first, work, report; what has to be verified is verified by somebody else. */
export async function handle(story: Story, ending = endingFor(story)): Promise<void> {
  await contact(story);
  const { random } = story.stage;
  if (random.chance(0.12)) await leaveNote(story);
  if (story.record.urgency !== 'emergency' && random.chance(0.03)) await pause(story);
  work(story);
  await report(story, ending);
  if (story.record.state === 'checking') await verify(story, ending);
}

export const holderOf = (story: Story): Inhabitant => story.stage.person(currentTask(story).leadId ?? '');

export async function contact(story: Story): Promise<void> {
  const { random } = story.stage;
  pass(story, 'contact', random.chance(0.05) ? 1.3 : 1);
  if (random.chance(0.07)) {
    await actOnTask(story, holderOf(story), 'contact', currentTask(story), {
      method: 'notReached',
      words: random.pick(everyday.notReachedWords),
    });
    wait(story, random.between(30, 200), 'daytime');
  }
  const method = random.chance(0.75) ? 'phone' : 'visit';
  await actOnTask(story, holderOf(story), 'contact', currentTask(story), {
    method,
    words: random.pick(everyday.contactWords),
  });
}

async function leaveNote(story: Story): Promise<void> {
  const words = story.stage.random.pick(everyday.noteWords);
  await actOnTask(story, holderOf(story), 'note', currentTask(story), { words, photoIds: [] });
}

/** Most are done in half of the time, a few are late. */
function work(story: Story): void {
  const { random } = story.stage;
  const row = story.record.clocks.find(({ kind, runningSince }) => kind === 'handle' && runningSince !== null);
  if (!row) throw new Error('Nobody is at work');
  const [from, to] = random.weighted<Span>([
    [[0.05, 0.5], 60],
    [[0.5, 0.95], 34],
    [[1.05, 1.6], 6],
  ]);
  wait(story, row.limitMinutes * random.between(from, to), row.clock as ClockKind);
}

async function pause(story: Story): Promise<void> {
  const { random, reference } = story.stage;
  wait(story, random.between(30, 300), clockOf(story));
  const [reason, words] = random.pick(everyday.suspendStories);
  const resumeAt = shifted(story.stage, 'working', story.at, random.between(2, 9) * 390);
  await act(story, deskPerson(story, 'suspend'), 'suspend', { reason, words, resumeAt: resumeAt.toISOString() });
  story.at = resumeAt;
  lapse(story, 'resume', resumed(story.record, systemActor(story.at, reference), null));
}

export async function report(story: Story, ending: Ending): Promise<void> {
  const { random, reference } = story.stage;
  const task = currentTask(story);
  const holder = holderOf(story);
  const { outcome, words, link, picture } = ending;
  const photo = reference.category(story.record.categoryId)?.photo ?? 'none';
  const shows = picture !== undefined && (photo !== 'none' || random.chance(0.4)) && !random.chance(0.08);
  const evidence = shows
    ? { photoIds: ['drawn'] }
    : { photoIds: [], noPhotoReason: random.pick(['insideHome', 'nothingVisible', 'refused'] as const) };
  const historyId = await actOnTask(story, holder, 'report', task, {
    ...{ outcome, words, ...evidence },
    ...(link ? { link } : {}),
    ...(task.mode === 'external' ? { answer: words } : {}),
    ...(task.mode === 'team' ? { absentIds: [] } : {}),
  });
  if (shows && picture)
    story.pictures.push({
      thingKind: 'history',
      thingId: historyId,
      ownerId: holder.row.id,
      scene: picture,
      at: story.at,
    });
}

/** 核实 by one of the desk who had no part in it; sometimes it goes back once. */
async function verify(story: Story, ending: Ending): Promise<void> {
  const { random } = story.stage;
  pass(story, 'verify');
  if (random.chance(0.08)) {
    await act(story, deskPerson(story, 'sendBack'), 'sendBack', { words: random.pick(everyday.sendBackWords) });
    work(story);
    await report(story, ending);
    pass(story, 'verify');
  }
  await act(story, deskPerson(story, 'verify'), 'verify', {});
}
