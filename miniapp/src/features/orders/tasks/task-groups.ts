import { chinaDay } from '@sandan/shared/china-time';

export type TaskGroup = 'asked' | 'forMe' | 'overdue' | 'today' | 'week' | 'later' | 'reported';

export const taskGroupNames: Record<TaskGroup, string> = {
  asked: '职务有变动，请您定',
  forMe: '指名请您接',
  overdue: '已经超时',
  today: '今天要办',
  week: '这周要办',
  later: '以后要办',
  reported: '办完了，等回话',
};

const order = Object.keys(taskGroupNames) as TaskGroup[];

/** What the grouping looks at of a task in my list. */
export interface TaskOfMine {
  readonly state: string;
  readonly handleDueAt: string | null;
  readonly seats: readonly { readonly mine: boolean; readonly promisedAt: string | null }[];
  readonly allows: readonly string[];
}

/** The nearer of what I promised and what the limit says, in epoch milliseconds; null when neither is set. */
export function dueOfMine({ handleDueAt, seats }: TaskOfMine): number | null {
  const promised = seats.find(({ mine }) => mine)?.promisedAt;
  const dues = [handleDueAt, promised].filter((at): at is string => typeof at === 'string').map(Date.parse);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Days from this one to Sunday, when the week ends. */
const daysLeftInWeek = (day: number): number => (7 - ((((day + 4) % 7) + 7) % 7)) % 7; // 1970-01-01 was a Thursday

export function groupOf(task: TaskOfMine, now: number): TaskGroup {
  if (task.allows.includes('keep')) return 'asked';
  if (task.allows.includes('claim') || task.allows.includes('agreeHandOver')) return 'forMe';
  if (task.state === 'reported' || task.state === 'done') return 'reported';
  const due = dueOfMine(task);
  if (due === null) return 'later';
  if (due < now) return 'overdue';
  const ahead = chinaDay(due) - chinaDay(now);
  if (ahead === 0) return 'today';
  return ahead <= daysLeftInWeek(chinaDay(now)) ? 'week' : 'later';
}

export interface Grouped<Task> {
  readonly task: Task;
  /** Above the first task of each group. */
  readonly heading: string | null;
}

/** 我的任务: offered to me by name, overdue, today, this week, later, reported; in a group what is due first. */
export function groupTasks<Task extends TaskOfMine>(tasks: readonly Task[], now: number): readonly Grouped<Task>[] {
  const placed = tasks
    .map((task) => ({ task, group: groupOf(task, now), due: dueOfMine(task) ?? Number.MAX_SAFE_INTEGER }))
    .sort((one, other) => order.indexOf(one.group) - order.indexOf(other.group) || one.due - other.due);
  return placed.map(({ task, group }, index) => ({
    task,
    heading: placed[index - 1]?.group === group ? null : taskGroupNames[group],
  }));
}
