import { chinaDate, chinaMinuteOfDay } from '@sandan/shared/china-time';
import { orderLifecycle } from '@sandan/shared/orders/order.lifecycle';
import { contactMethods, outcomes, taskModes } from '@sandan/shared/orders/order.words';
import { taskLifecycle } from '@sandan/shared/orders/task.lifecycle';
import type { HistoryFacts } from '../../foundation/outbox/history.entity';

const names: Record<string, { name: string }> = { ...taskLifecycle.actions, ...orderLifecycle.actions };
const taskNames: Record<string, { name: string }> = taskLifecycle.actions;

export const actionName = (thing: string, action: string): string =>
  (thing === 'task' ? taskNames[action] : names[action])?.name ?? names[action]?.name ?? action;

/** 9月15日 9:05, as people say it. */
export function dayAndTime(at: Date): string {
  const [, month, day] = chinaDate(at.getTime()).split('-');
  const minute = chinaMinuteOfDay(at.getTime());
  const past = String(minute % 60).padStart(2, '0');
  return `${Number(month)}月${Number(day)}日 ${Math.floor(minute / 60)}:${past}`;
}

const text = (value: HistoryFacts[string] | undefined): string | null => (typeof value === 'string' ? value : null);
const wordOf = (words: Readonly<Record<string, string>>, value: HistoryFacts[string] | undefined): string | null =>
  typeof value === 'string' ? (words[value] ?? null) : null;

/** One line beside the action that says what it was about. Only codes and names of grids stand in the facts. */
export function detailOf(action: string, facts: HistoryFacts | null): string | null {
  if (!facts) return null;
  switch (action) {
    case 'place':
    case 'placeDirect':
      return text(facts['scannedAt']) ? `扫的是“${text(facts['scannedAt'])}”上的码` : null;
    case 'escalate':
    case 'sendDown':
    case 'redirect':
    case 'appealUp':
      return text(facts['toName']) ? `转到${text(facts['toName'])}` : null;
    case 'decline':
    case 'giveBack':
    case 'release':
      return text(facts['reasonName']);
    case 'suspend': {
      const until = text(facts['resumeAt']);
      return [text(facts['reasonName']), until ? `${dayAndTime(new Date(until))} 接着办` : null]
        .filter(Boolean)
        .join('，');
    }
    case 'claim': {
      const promised = text(facts['promisedAt']);
      return promised ? `约定 ${dayAndTime(new Date(promised))} 前` : null;
    }
    case 'dispatch':
      return Array.isArray(facts['modes'])
        ? [...new Set(facts['modes'])].map((mode) => taskModes[mode as keyof typeof taskModes]).join('、')
        : null;
    case 'settle':
    case 'report':
    case 'closeReview':
      return wordOf(outcomes, facts['outcome']);
    case 'contact':
      return wordOf(contactMethods, facts['method']);
    case 'convert':
      return text(facts['channelName']);
    case 'remind':
      return `第 ${String(facts['count'])} 次`;
    case 'confirm':
    case 'recordCallback':
      return typeof facts['stars'] === 'number' ? `${facts['stars']} 星` : null;
    case 'inspect':
      return text(facts['resultName']);
    default:
      return null;
  }
}
