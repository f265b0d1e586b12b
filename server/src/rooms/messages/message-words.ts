import { chinaDate } from '@sandan/shared/china-time';
import type { DomainEvent } from '../../foundation/outbox/outbox';
import type { People } from '../orders/orders.queries';

export type Audience =
  | 'requester'
  | 'meToo'
  | 'desk'
  | 'holder'
  | 'handler'
  | 'released'
  | 'assignee'
  | 'successor'
  | 'receiver'
  | 'bestPlaced'
  | 'clockHolder'
  | 'overduePeople';

type Sentence = (event: DomainEvent, people: People) => [title: string, words: string];

const fact = (event: DomainEvent, name: string): string => {
  const value = event.facts?.[name];
  return typeof value === 'string' ? value : '';
};
const objects = (event: DomainEvent): boolean => event.facts?.['objects'] === true;
const said = (event: DomainEvent): string => (event.words ? `：${event.words}` : '。');

/** What a helper writes is judged after it was told: it is read on the page, where it can be hidden. */
const saidInOffice = (event: DomainEvent): string => (event.actorRole === 'helper' ? '。' : said(event));

/** 说好的时间, as people say it: 11 月 23 日前. */
function promised(event: DomainEvent): string {
  const at = Date.parse(fact(event, 'promisedAt'));
  if (Number.isNaN(at)) return '';
  const [, month, day] = chinaDate(at).split('-').map(Number);
  return `，说最晚 ${month} 月 ${day} 日办`;
}

/** What the resident reads: whole sentences, no office words (ui.md "Words"). */
const toRequester: Record<string, Sentence> = {
  'order.place': (_, { title }) => ['收到了', `您的“${title}”收到了，村里会尽快答复。`],
  'order.placeDirect': (_, { title }) => ['收到了', `您的“${title}”已经告诉您家的联系党员。`],
  'order.settle': (event, { title }) => ['办好了，请您说说', `“${title}”当场办了${saidInOffice(event)}`],
  'order.ask': (event, { title }) => ['想问您一下', `关于“${title}”${said(event)}`],
  'order.decline': (event, { title }) => ['这件事办不了', `“${title}”${said(event)}`],
  'order.lapseAnswer': (_, { title }) => ['先关闭了', `“${title}”没有等到您的补充，方便时请再点单。`],
  'order.merge': (_, { title }) => ['并到一起办', `“${title}”和邻居反映的是同一件事，并到一起办，有进展会告诉您。`],
  'order.escalate': (event, { title }) => ['交到上一级了', `“${title}”已转到${fact(event, 'toName')}办理。`],
  'order.convert': (event, { title }) => ['转到别的渠道', `“${title}”转到${fact(event, 'channelName')}${said(event)}`],
  'order.takeBack': (_, { title }) => ['又收回来了', `“${title}”由村里继续办理。`],
  'order.suspend': (event, { title }) => ['要等一等', `“${title}”${fact(event, 'reasonName')}${said(event)}`],
  'order.resume': (_, { title }) => ['接着办了', `“${title}”已经恢复办理。`],
  'order.verify': (_, { title }) => ['办好了，请您说说', `“${title}”办好了，请告诉我们您满不满意。`],
  'order.orderRedo': (_, { title }) => ['要求重办', `“${title}”经上级核查，要求重新办理。`],
  'order.closeReview': (event, { title }) => ['核查结果', `“${title}”${said(event)}`],
  'order.extend': (_, { title }) => ['要晚一点', `“${title}”延期了，请到单子里看新的时间。`],
  'order.lapseFeedback': (_, { title }) => ['先办结了', `“${title}”没有等到您的答复，15 天内没办好还可以告诉我们。`],
  // 受理 and 接单 are one message: who, and when (domain.md §8).
  'task.claim': (event, { title }) => ['有人接了', `${event.actorName}接了您的“${title}”${promised(event)}。`],
  'task.giveBack': (_, { title }) => ['要换个人', `“${title}”原来的人来不了，正在另找人。`],
  'task.release': (_, { title }) => ['要换个人', `“${title}”原来的人不再办了，正在另找人。`],
  'task.reassign': (_, { title }) => ['要换个人', `“${title}”村里另安排了人，接了就告诉您。`],
  'task.agreeHandOver': (event, { title }) => ['换人了', `“${title}”由${event.actorName}接着办。`],
  'task.report': (_, { title, state }) =>
    state === 'reported'
      ? ['办好了，请您说说', `“${title}”办好了，请告诉我们您满不满意。`]
      : ['快好了', `“${title}”做完了，村里正在核实。`],
};

const toStaff: Record<string, Sentence> = {
  'order.place': (_, { title }) => ['新单待研判', title],
  'order.placeDirect': (_, { title }) => ['群众直接找党员', title],
  'order.answer': (_, { title }) => ['群众补充了', title],
  'order.object': (event, { title }) => ['群众不服不予受理', `${title}${said(event)}`],
  'order.escalate': (event, { title }) => ['上报来的单子', `${title}${said(event)}`],
  'order.sendDown': (event, { title }) => ['上级交办', `${title}${said(event)}`],
  'order.redirect': (_, { title }) => ['改派来的单子', title],
  'order.dispatch': (_, { title }) => ['有新任务', title],
  'order.suspend': (event, { title }) => ['已挂起', `${title}${said(event)}`],
  'order.resume': (_, { title }) => ['恢复办理', title],
  'order.sendBack': (event, { title }) => ['退回重办', `${title}${said(event)}`],
  'order.confirm': (event, { title }) =>
    objects(event)
      ? ['核查后群众还说没办好', `${title}${said(event)}`]
      : ['群众答复了', `${title}：${String(event.facts?.['stars'] ?? '')} 星`],
  'order.recordCallback': (event, { title }) =>
    objects(event)
      ? ['核查后群众还说没办好', `${title}${said(event)}`]
      : ['回访结果', `${title}：${String(event.facts?.['stars'] ?? '')} 星`],
  'order.reopen': (event, { title }) => ['群众说没办好', `${title}${said(event)}`],
  'order.appealUp': (event, { title }) => ['提级核查', `${title}${said(event)}`],
  'order.orderRedo': (event, { title }) => ['责令重办', `${title}${said(event)}`],
  'order.closeReview': (event, { title }) => ['核查办结', `${title}${said(event)}`],
  'order.withdraw': (_, { title }) => ['群众撤单了', title],
  'order.inspect': (event, { title }) => ['督查结果', `${title}：${fact(event, 'resultName')}`],
  'order.decideAppeal': (_, { title }) => ['申诉有结果了', title],
  'order.remind': (_, { title }) => ['群众催办', title],
  'order.supervise': (event, { title }) => ['督办', `${title}${said(event)}`],
  'order.extend': (_, { title }) => ['已同意延期', title],
  'task.giveBack': (event, { title }) =>
    fact(event, 'reason') === 'handover'
      ? ['换届交出的任务', `${event.actorName}：${title}`]
      : ['有人退单', `${title}：${fact(event, 'reasonName')}`],
  'task.release': (event, { title }) => ['任务收回来了，请另安排人', `${title}：${fact(event, 'reasonName')}`],
  'task.handOver': (event, { title }) => ['有人请您接手', `${event.actorName}：${title}`],
  'task.agreeHandOver': (event, { title }) => ['已转办', `${title}由${event.actorName}接手`],
  'task.askHelp': (event, { title }) => ['请求增援', `${title}${said(event)}`],
  'task.askExtension': (event, { title }) => ['申请延期', `${title}${said(event)}`],
  'task.report': (_, { title, state }) => [state === 'checking' ? '待核实' : '已报办结', title],
  'task.reassign': (_, { title }) => ['派给您的任务', title],
  'task.expire': (_, { title }) => ['没有人接单', title],
  'clock.halfTime': (_, { title }) => ['时间过半', title],
  'clock.overdue': (_, { title }) => ['超时了', title],
  'clock.unanswered': (_, { title }) => [
    '换届后没有答复',
    `${title}：经办人的职务已经结束，还没说接着办还是交出，请问一问，或者改派。`,
  ],
};

const ended: Sentence = (event, { title }) => [
  event.facts?.['solved'] === false ? '您也关心的事有了答复' : '您也关心的事办好了',
  title,
];
const answered: Sentence = (_, { title }) => ['您也关心的事有了答复', title];
const toMeToo: Record<string, Sentence> = {
  'order.confirm': ended,
  'order.recordCallback': ended,
  'order.lapseFeedback': (_, { title }) => ['您也关心的事先办结了', title],
  'order.closeReview': answered,
  'order.decline': answered,
  'order.merge': (_, { title }) => ['您也关心的事并到一起办', `“${title}”和另一件是同一件事，并到一起办了。`],
  'order.convert': (event, { title }) => ['您也关心的事转了渠道', `“${title}”转到${fact(event, 'channelName')}办理。`],
  'order.withdraw': (_, { title }) => ['您也关心的事撤单了', `点单的人撤回了“${title}”，还没解决的话请您点单。`],
};

const toReleased: Record<string, Sentence> = {
  'task.reassign': (_, { title }) => ['任务改派给别人了', title],
  'task.cancel': (_, { title }) => ['任务取消了', title],
};

const tables: Partial<Record<Audience, Record<string, Sentence>>> = {
  requester: toRequester,
  meToo: toMeToo,
  released: toReleased,
};

/** Null where this audience has nothing to be told. A confidential order is never named (domain.md §8). */
export function wordsFor(
  event: DomainEvent,
  audience: Audience,
  people: People,
): { title: string; words: string } | null {
  const key = `${event.thing}.${event.action}`;
  if (!concerns(event, audience)) return null;
  if (key === 'clock.halfTime' && event.facts?.['clock'] === 'feedback') {
    const early = Number(event.facts['rung']) === 0;
    return short(people, early ? '请您说说办得怎么样' : '请打电话回访', people.title);
  }
  const table = tables[audience] ?? toStaff;
  const sentence = table[key]?.(event, people);
  return sentence ? short(people, ...sentence) : null;
}

const closed = ['confirmed', 'unanswered'];

/**
 * Neighbours are told once, when it ends, however it does; the desk of an answer only where it brings the order back or
 * objects; the resident of another holder only where somebody had it in hand.
 */
function concerns(event: DomainEvent, audience: Audience): boolean {
  const { action, fromState, toState } = event;
  if (audience === 'meToo')
    return !closed.includes(fromState ?? '') && !['accepted', 'inReview'].includes(toState ?? '');
  if (audience === 'requester' && action === 'reassign') return fromState === 'claimed';
  const closes = ['confirm', 'recordCallback'].includes(action) && toState === 'confirmed';
  return audience !== 'desk' || !closes || objects(event);
}

const short = (people: People, title: string, words: string): { title: string; words: string } =>
  people.confidential
    ? { title: '您的一件事有进展', words: '请打开查看。' }
    : { title: [...title].slice(0, 60).join(''), words: [...words].slice(0, 300).join('') };
