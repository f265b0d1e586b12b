import type { ReplyFrom } from '../../../../lib/endpoints';
import { go } from '../../../../lib/navigation';
import { meNow } from '../../../../lib/session';

export type Message = ReplyFrom<'messages.list'>['items'][number];
type About = NonNullable<Message['about']>;

/** Whoever decides goes to what waits for him, whoever asked to where he stands. */
const openBinding = (): Promise<void> => (meNow()?.can.includes('binding.read') ? go('bindings') : go('bind', {}));

const openings: Readonly<Record<About['thing'], (id: string) => Promise<void>>> = {
  order: (orderId) => go('order', { orderId }),
  task: (taskId) => go('task', { taskId }),
  commitment: (commitmentId) => go('commitment', { commitmentId }),
  activity: (activityId) => go('activity', { activityId }),
  showcase: (showcaseId) => go('showcase', { showcaseId }),
  review: () => go('reviewCommitments'),
  myDeeds: () => go('myCommitments'),
  contacts: () => go('myContacts'),
  visits: () => go('myHouseholds'),
  links: () => go('householdLinks'),
  overdue: () => go('visitFigures'),
  checks: () => go('households', { only: 'checkDue' }),
  binding: openBinding,
  household: (householdId) => go('household', { householdId }),
  sweep: (sweepId) => go('sweep', { sweepId }),
  mySweep: (sweepId) => go('sweepRound', { sweepId }),
  myTasks: () => go('claims'),
  handover: (handoverId) => go('handover', { handoverId }),
  desk: () => go('desk'),
};

/** Opens what a message is about. What the reader may no longer see, its page says in its own words. */
export const openAbout = ({ thing, id }: About): Promise<void> => openings[thing](id);
