import type { OrderState } from '@sandan/shared/orders/order.lifecycle';
import { byWords, isOverdue, whenWords } from '../../lib/time-words';
import type { Order, OrderCardItem } from './order';

/** A list knows no tasks; the order itself says who was asked by name. */
type Told = Pick<OrderCardItem, 'state' | 'holder' | 'desk'> & {
  /** Absent: of the person who reads. */
  readonly mine?: boolean;
  readonly tasks?: readonly { readonly state: string; readonly assignee: string | null }[];
};

const plain: Record<OrderState, string> = {
  placed: '村里正在看',
  asking: '想问您一句',
  accepted: '正在安排人',
  dispatched: '正在等人接',
  handling: '有人在办',
  suspended: '先放一放',
  checking: '说办好了，正在核实',
  reported: '办好了，您看行不行',
  inReview: '上级正在核查',
  confirmed: '办结了',
  unanswered: '办结了',
  archived: '办结了',
  declined: '没有受理',
  merged: '并到另一张单子里了',
  converted: '转到别处办了',
  withdrawn: '撤单了',
};

/** What one is asked for, said to those who are not. */
const ofOthers: Partial<Record<OrderState, string>> = {
  asking: '正在等点单的人回话',
  reported: '办好了，等点单的人说行不行',
};

/** 碧塘村; 碧塘村（东澄镇代管） where nobody is at the desk. */
const deskWords = ({ name, servedBy }: Told['desk']): string =>
  servedBy === null ? name : `${name}（${servedBy}代管）`;

/** Where it stands, as one says it to a neighbour: 李晓峰在办. */
export function nowWords({ state, holder, desk, mine = true, tasks = [] }: Told): string {
  const asked = tasks.find((task) => task.state === 'offered' && task.assignee !== null)?.assignee;
  if (state === 'dispatched' && asked) return `正在等${asked}接`;
  if (state === 'placed') return `${deskWords(desk)}正在看`;
  if (state === 'handling' && holder !== null) return `${holder}在办`;
  return (mine ? undefined : ofOthers[state]) ?? plain[state];
}

interface Seat {
  readonly state: Order['tasks'][number]['seats'][number]['state'];
  readonly promisedAt: string | null;
}

/** What of an order says until when. */
export interface Until extends Pick<Order, 'state' | 'dueAt' | 'resumeAt' | 'round'> {
  readonly tasks: readonly { readonly round: number; readonly seats: readonly Seat[] }[];
}

const untilWhat: Partial<Record<OrderState, string>> = {
  placed: '给您回话',
  asking: '请告诉我们',
  accepted: '安排好',
  dispatched: '有人接',
  handling: '办好',
  checking: '核实完',
  inReview: '给您答复',
};

/** What the person was promised when it was claimed: the nearest time, of those who have it in hand. */
function promisedAt({ tasks, round }: Until): string | null {
  const promises = tasks
    .filter((task) => task.round === round)
    .flatMap(({ seats }) => seats)
    .flatMap((seat) => (seat.state === 'taken' && seat.promisedAt !== null ? [seat.promisedAt] : []));
  return promises.sort()[0] ?? null;
}

/** Until when, in a second sentence; null where nothing is to be waited for. */
export function untilWords(order: Until, now: number): string | null {
  const { state, dueAt, resumeAt } = order;
  if (state === 'suspended') return resumeAt === null ? null : `${whenWords(resumeAt, now)} 接着办`;
  if (state === 'reported') return dueAt === null ? null : `${byWords(dueAt, now)}没回音，就先算办结`;
  const promised = state === 'handling' ? promisedAt(order) : null;
  if (promised !== null && !isOverdue(promised, now)) return `约好${byWords(promised, now)}来办`;
  const what = untilWhat[state];
  if (dueAt === null || what === undefined) return null;
  if (isOverdue(dueAt, now)) return state === 'asking' ? '请尽快告诉我们' : '比说好的晚了，可以催一催';
  return `${byWords(dueAt, now)}${what}`;
}

/** The same for staff, who know the words: who has it, at which desk it lies, until when. */
export function standingOfStaff(
  { holder, desk, dueAt }: Pick<Order, 'holder' | 'desk' | 'dueAt'>,
  now: number,
): { now: string; until: string } {
  const due = dueAt === null ? null : `${byWords(dueAt, now)}到期`;
  return {
    now: holder === null ? '还没有人经办' : `经办：${holder}`,
    until: [`在${deskWords(desk)}`, due].filter(Boolean).join('，'),
  };
}
