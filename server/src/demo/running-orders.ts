import type { Task } from '../rooms/orders/task.entity';
import { act, actOnTask, claim, dispatch } from './acts';
import { goToReview, reopen } from './feedback';
import { endingFor, handle, report } from './handling';
import type { Inhabitant } from './homes';
import { pick, type Wish } from './picking';
import { place } from './placing';
import type { Plan } from './plans';
import { claimant, deskPerson, fitting, helpersFor } from './roles';
import { sendOut } from './sending';
import { shifted, type Stage } from './stage';
import { currentTask, NobodyFits, type Story } from './story';
import { accept, openSealed, study } from './studying';
import * as everyday from './words/everyday-words';

/** How many hours ago each step was taken (between seven and nine o'clock); what is left out has not happened yet. */
export interface HoursAgo {
  /** Counted in hours of work instead: for what must be late by them. */
  clock?: 'working';
  placed: number;
  accepted?: number;
  dispatched?: number;
  claimed?: number;
  contacted?: number;
  reported?: number;
}

export interface Casting extends Partial<Pick<Task, 'mode' | 'skill' | 'places' | 'minPlaces' | 'note'>> {
  /** Who has it in hand; by chance when left out. */
  holder?: Inhabitant;
}

/** An order that is still under way, as far as it has come. */
export async function underWay(stage: Stage, wish: Wish, ago: HoursAgo, casting: Casting = {}): Promise<Story> {
  const moment = (hours: number): Date => shifted(stage, ago.clock ?? 'daytime', stage.today, -hours * 60);
  const story = place(stage, pick(stage, { ...wish, at: moment(ago.placed) }));
  const reach = (hours: number | undefined): hours is number => {
    if (hours !== undefined) story.at = moment(hours);
    return hours !== undefined;
  };
  if (!reach(ago.accepted)) return story;
  await openSealed(story);
  await accept(story);
  if (!reach(ago.dispatched)) return story;
  offer(story, casting);
  if (!reach(ago.claimed)) return story;
  const { holder } = casting;
  const who = holder ?? assigneeOf(story) ?? claimant(story, currentTask(story));
  claim(story, who, currentTask(story), shifted(stage, 'daytime', story.at, 600));
  stage.noteInHand(who.row.id);
  if (!reach(ago.contacted)) return story;
  const words = stage.random.pick(everyday.contactWords);
  await actOnTask(story, who, 'contact', currentTask(story), { method: 'phone', words });
  if (reach(ago.reported)) await report(story, endingFor(story, 'solved'));
  return story;
}

function offer(story: Story, { holder, ...facts }: Casting): void {
  const isTrust = story.record.visibility === 'confidential';
  const mode = facts.mode ?? (isTrust ? 'assigned' : 'open');
  const assignee = mode === 'assigned' ? (holder ?? helpersFor(story)[0]) : undefined;
  if (mode === 'assigned' && !assignee) throw new NobodyFits('Nobody can be sent');
  dispatch(story, deskPerson(story, 'dispatch'), { ...facts, mode, assigneeId: assignee?.row.id ?? null });
}

const assigneeOf = (story: Story): Inhabitant | undefined => {
  const { assigneeId } = currentTask(story);
  return assigneeId ? story.stage.person(assigneeId) : undefined;
};

/** 挂起 until some days from now. */
export async function suspendFor(story: Story, days: number): Promise<Story> {
  const { stage } = story;
  const [reason, words] = stage.random.pick(everyday.suspendStories);
  const resumeAt = shifted(stage, 'working', stage.today, days * 390);
  story.at = shifted(stage, 'working', stage.today, -60);
  await act(story, fitting(story, [deskPerson(story, 'suspend')], 'suspend'), 'suspend', {
    reason,
    words,
    resumeAt: resumeAt.toISOString(),
  });
  return story;
}

/** Things that can wait: a day to study, to claim, to make contact, some days to handle. */
const quick = ['streetLight', 'papers', 'phoneHelp', 'errand'];
const simple = [...quick, 'publicFacility', 'policyQuestion', 'telecom', 'jobs', 'other'];
const verified = ['roadDamage', 'roadSafety', 'pollution'];
const calm = [...simple, 'roadDamage', 'pollution'];
const oneOf = (ids: readonly string[]): Wish => ({ among: (id) => ids.includes(id) });

/** The steps before the last one, so many hours earlier. */
export const before = {
  accepted: (accepted: number): HoursAgo => ({ placed: accepted + 3, accepted }),
  dispatched: (dispatched: number): HoursAgo => ({ ...before.accepted(dispatched + 1), dispatched }),
  contacted: (contacted: number): HoursAgo => ({
    ...before.dispatched(contacted + 4),
    claimed: contacted + 2,
    contacted,
  }),
  reported: (reported: number): HoursAgo => ({ ...before.contacted(reported + 5), reported }),
};

/** What is under way anywhere in the town, by the word of the desk's list. */
export const situations = {
  toStudy: (stage) => underWay(stage, oneOf(calm), { placed: stage.random.between(0.3, 5.5) }),
  toDispatch: (stage) => underWay(stage, oneOf(calm), before.accepted(stage.random.between(0.3, 5))),
  inHall: (stage) => underWay(stage, oneOf(calm), before.dispatched(stage.random.between(0.3, 4))),
  inHand: (stage) => underWay(stage, oneOf(calm), before.contacted(stage.random.between(0.3, 10))),
  late: (stage) =>
    underWay(stage, oneOf(quick), { ...before.contacted(stage.random.between(24, 30)), clock: 'working' }),
  suspended: async (stage) => {
    const story = await underWay(stage, oneOf(calm), before.contacted(stage.random.between(4, 10)));
    return suspendFor(story, stage.random.int(2, 12));
  },
  toVerify: (stage) => underWay(stage, oneOf(verified), before.reported(stage.random.between(0.5, 5))),
  toConfirm: (stage) => underWay(stage, oneOf(simple), before.reported(stage.random.between(0.5, 30))),
} satisfies Record<string, (stage: Stage) => Promise<Story>>;

const days = 24 * 60 * 60_000;

/** Reopened a short while ago: to be sent out again. */
export const reopenedNow: Plan = async (stage) => {
  const at = new Date(stage.today.getTime() - stage.random.between(4, 12) * days);
  const story = place(stage, pick(stage, { ...oneOf(simple), source: 'resident', at }));
  await study(story);
  await sendOut(story);
  await handle(story, endingFor(story, 'solved'));
  await reopen(story, stage.person(story.record.requesterId ?? ''));
  return justNow(story, 1.5);
};

/** 提级核查: reopened twice and still not done; the town is to look into it. */
export const inReview: Plan = async (stage) => {
  const at = new Date(stage.today.getTime() - stage.random.between(15, 50) * days);
  const story = place(stage, pick(stage, { ...oneOf(verified), source: 'resident', at }));
  await study(story);
  await sendOut(story);
  await handle(story, endingFor(story, 'solved'));
  await goToReview(story);
  return justNow(story, 7);
};

/** Only if its last step was taken within so many days. */
function justNow(story: Story, within: number): Story[] {
  if (story.stage.today.getTime() - story.at.getTime() > within * days)
    throw new NobodyFits('It came to rest too long ago');
  return [story];
}
