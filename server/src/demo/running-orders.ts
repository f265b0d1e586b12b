import type { Task } from '../rooms/orders/task.entity';
import { act, actOnTask, claim, dispatch } from './acts';
import { played } from './closed-orders';
import { endingOf, report } from './handling';
import type { Inhabitant } from './homes';
import { pick, type Wish } from './picking';
import { place } from './placing';
import { claimant, deskPerson, fitting, helpersFor } from './roles';
import { shifted, type Stage } from './stage';
import { currentTask, NobodyFits, type Story } from './story';
import { accept, openSealed } from './studying';
import * as everyday from './words/everyday-words';

/** How long ago each step was taken, in hours of work; what is left out has not happened yet. */
export interface HoursAgo {
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
  const moment = (hours: number): Date => shifted(stage, 'working', stage.today, -hours * 60);
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
  if (reach(ago.reported)) await report(story, endingOf(story, 'solved'));
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
  await act(story, fitting(story, [deskPerson(story, 'suspend')], 'suspend'), 'suspend', { reason, words, resumeAt: resumeAt.toISOString() });
  return story;
}

/** Limits in hours of work that leave time: one day to claim and to contact, three and more to handle. */
const calm = ['streetLight', 'publicFacility', 'papers', 'phoneHelp', 'errand', 'policyQuestion', 'telecom', 'pollution', 'jobs', 'other', 'roadDamage'];
const seen = ['roadDamage', 'roadSafety', 'pollution'];
const among = (ids: readonly string[]) => (id: string): boolean => ids.includes(id);

const sometime = ({ random }: Stage, from: number, to: number): number => random.between(from, to);

/** The kinds of things under way anywhere in the town. */
export const situations = {
  toStudy: (stage) => underWay(stage, { among: among(calm) }, { placed: sometime(stage, 0.3, 5.5) }),
  toDispatch: (stage) => {
    const accepted = sometime(stage, 0.3, 5);
    return underWay(stage, { among: among(calm) }, { placed: accepted + 3, accepted });
  },
  inHall: (stage) => {
    const dispatched = sometime(stage, 0.3, 4);
    return underWay(stage, { among: among(calm) }, { placed: dispatched + 4, accepted: dispatched + 1, dispatched });
  },
  inHand: (stage) => {
    const contacted = sometime(stage, 0.3, 10);
    return underWay(stage, { among: among(calm) }, { placed: contacted + 9, accepted: contacted + 5, dispatched: contacted + 4, claimed: contacted + 2, contacted });
  },
  late: (stage) => {
    const quick = ['streetLight', 'papers', 'phoneHelp', 'errand'];
    const contacted = sometime(stage, 24, 30);
    return underWay(stage, { among: among(quick) }, { placed: contacted + 9, accepted: contacted + 5, dispatched: contacted + 4, claimed: contacted + 2, contacted });
  },
  suspended: async (stage) => {
    const contacted = sometime(stage, 3, 9);
    const ago = { placed: contacted + 9, accepted: contacted + 5, dispatched: contacted + 4, claimed: contacted + 2, contacted };
    return suspendFor(await underWay(stage, { among: among(calm) }, ago), stage.random.int(2, 12));
  },
  toVerify: (stage) => {
    const reported = sometime(stage, 0.5, 5);
    return underWay(stage, { among: among(seen) }, { placed: reported + 20, accepted: reported + 16, dispatched: reported + 15, claimed: reported + 12, contacted: reported + 9, reported });
  },
  toConfirm: (stage) => {
    const reported = sometime(stage, 0.5, 22);
    const simple = calm.filter((id) => !seen.includes(id));
    return underWay(stage, { among: among(simple) }, { placed: reported + 16, accepted: reported + 13, dispatched: reported + 12, claimed: reported + 9, contacted: reported + 6, reported });
  },
} satisfies Record<string, (stage: Stage) => Promise<Story>>;
