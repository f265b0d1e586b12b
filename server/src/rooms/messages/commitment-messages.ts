import type { CommitmentAction } from '@sandan/shared/commitments/commitment.lifecycle';
import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import {
  commitmentPeople,
  lastDisputer,
  membersWhoOwe,
  opinionBy,
  remindedBy,
  secretariesOf,
  type CommitmentPeople,
  type RemindedDebtor,
} from '../commitments/commitments.queries';
import type { Reference } from '../../foundation/reference/reference';
import type { Collected } from './collect-digest';
import { nextDigest } from './digest-times';
import type { Many } from './gathered-messages';
import { messageOn, writeMessages, type NewMessage } from './write-messages';

type Audience = 'reviewer' | 'secretary' | 'above' | 'keeper' | 'author' | 'opiner' | 'disputer';
type Sentence = (title: string, event: DomainEvent) => readonly [title: string, words: string];

const said = ({ words }: DomainEvent): string => (words ? `：${words}` : '。');

/** Who must do what next, or learns what came of it (domain.md §8). */
type Moment = CommitmentAction | 'dueSoon' | 'overdue' | 'disputeOverdue' | 'opinionOverdue';
const told: Readonly<Partial<Record<Moment, Partial<Record<Audience, Sentence>>>>> = {
  submit: { reviewer: (title, { actorName }) => ['有承诺要审', `${actorName}报来“${title}”，请审诺。`] },
  return: { author: (title, event) => ['承诺要改', `“${title}”退回修改${said(event)}`] },
  approve: {
    author: (title) => ['审诺通过', `“${title}”审过了，等着公示。`],
    secretary: (title) => ['可以亮诺了', `“${title}”审过了，请公示。`],
  },
  publish: { keeper: (title) => ['亮诺了', `“${title}”已经公示，记得随时记下进展。`] },
  opine: { secretary: (title) => ['有人提意见', `对“${title}”有一条意见，请在 5 个工作日内答复。`] },
  answerOpinion: { opiner: (title, event) => ['您的意见有答复', `关于“${title}”${said(event)}`] },
  requestChange: { reviewer: (title, event) => ['有承诺要变更', `“${title}”申请变更${said(event)}`] },
  approveChange: { keeper: (title) => ['变更同意了', `“${title}”的变更已经同意，原来的内容和原因一起公开。`] },
  refuseChange: { keeper: (title, event) => ['变更没有同意', `“${title}”${said(event)}`] },
  deliver: { reviewer: (title, { actorName }) => ['有承诺要验收', `${actorName}说“${title}”兑现了，请验收。`] },
  accept: { keeper: (title) => ['验收通过', `“${title}”验收通过了。`] },
  reject: { keeper: (title, event) => ['承诺要整改', `“${title}”${said(event)}`] },
  dispute: {
    above: (title) => ['有人提出异议', `对“${title}”有异议，请在 10 个工作日内公开答复。`],
    keeper: (title) => ['有人提出异议', `对“${title}”有异议，上级正在核实。`],
  },
  uphold: {
    keeper: (title, event) => ['异议成立', `“${title}”请整改${said(event)}`],
    disputer: (title, event) => ['您的异议成立', `“${title}”已要求整改${said(event)}`],
  },
  dismiss: {
    keeper: (title) => ['异议不成立', `“${title}”的异议核实过了，不成立。`],
    disputer: (title, event) => ['您的异议有答复', `“${title}”${said(event)}`],
  },
  release: { keeper: (title, event) => ['承诺免除了', `“${title}”${said(event)}`] },
  dueSoon: { keeper: (title) => ['承诺快到期了', `“${title}”还有两周到期，办好了请记下兑现。`] },
  overdue: {
    keeper: (title) => ['承诺超时了', `“${title}”已经过了说好的时间，请尽快兑现或申请变更。`],
    secretary: (title) => ['有承诺超时', `“${title}”已经过了说好的时间。`],
  },
  disputeOverdue: { above: (title) => ['异议还没答复', `对“${title}”的异议已过 10 个工作日，请公开答复。`] },
  opinionOverdue: { secretary: (title) => ['意见还没答复', `对“${title}”的意见已过 5 个工作日，请答复。`] },
  correct: { keeper: (title) => ['结果更正了', `“${title}”的结果经镇里核实更正，请看一看。`] },
};

const inBulk = (head: string, come: string, opensReview = false): Many => ({
  title: (count) => `${head}：${count} 件`,
  words: (title, count) => `“${title}”等 ${count} 件${come}`,
  opensReview,
});

/** What is done to many deeds with one press is told once: the title is that of the single message, and a number. */
const toldTogether: Readonly<Partial<Record<Moment, Partial<Record<Audience, Many>>>>> = {
  submit: { reviewer: inBulk('有承诺要审', '报来了，请审诺。', true) },
  approve: {
    author: inBulk('审诺通过', '审过了，等着公示。'),
    secretary: inBulk('可以亮诺了', '审过了，请公示。', true),
  },
  publish: { keeper: inBulk('亮诺了', '已经公示，记得随时记下进展。') },
};

/** Who keeps a deed decides nothing about it; who wrote it does not approve it either. */
const ownTo = ({ action }: DomainEvent, { authorId, keeperIds }: CommitmentPeople): string[] =>
  action === 'submit' ? [authorId, ...keeperIds] : keeperIds;

async function peopleOf(db: Db, audience: Audience, event: DomainEvent, people: CommitmentPeople): Promise<string[]> {
  switch (audience) {
    case 'reviewer':
      return secretariesOf(db, people.reviewOrganizationId, event.at, { without: ownTo(event, people) });
    case 'secretary':
      return secretariesOf(db, people.organizationId, event.at);
    case 'above':
      return whoAnswers(db, event, people);
    case 'keeper':
      return [people.responsibleId];
    case 'author':
      return [people.authorId];
    case 'opiner':
      return present(await opinionBy(db, String(event.facts?.['opinionId'])));
    case 'disputer':
      return present(await lastDisputer(db, event.thingId));
  }
}

/** The secretary of the level above; where he may not answer himself and nobody stands above him, his deputy. */
async function whoAnswers(db: Db, { at, thingId }: DomainEvent, people: CommitmentPeople): Promise<string[]> {
  const said = [...present(people.acceptedById), ...present(await lastDisputer(db, thingId))];
  const without = [people.authorId, ...people.keeperIds, ...said];
  const secretaries = await secretariesOf(db, people.disputeOrganizationId, at, { without });
  if (secretaries.length > 0) return secretaries;
  return secretariesOf(db, people.disputeOrganizationId, at, { without, role: 'deputySecretary' });
}

const present = (id: string | null): string[] => (id === null ? [] : [id]);

/**
 * 每周汇总 (domain.md §8): who must act is told at once, because handing in and checking have their own dates, and on the
 * first workday of the week once more of all that still waits.
 */
const mustAct: Readonly<Partial<Record<Moment, Audience>>> = {
  ...{ submit: 'reviewer', deliver: 'reviewer', requestChange: 'reviewer', return: 'author', reject: 'keeper' },
  ...{ dispute: 'above', dueSoon: 'keeper' },
};

function weekly(audience: Audience, event: DomainEvent, deed: string, reference: Reference): Collected | null {
  if (mustAct[event.action as Moment] !== audience) return null;
  const due = new Date(nextDigest('promises', event.at.getTime(), reference.town(event.townId)));
  return { digest: 'promises', due, thingId: event.thingId, deed, atOnceToo: true };
}

/** 消息 of the commitments room: unique by (event, person, kind), so a repeat writes nothing twice. */
export const commitmentMessages: Reaction = {
  name: 'messages.commitments',
  wants: ({ thing, action }) => (thing === 'commitment' || thing === 'deedClock') && action in told,
  run: async (db, event, reference) => {
    const people = await commitmentPeople(db, event.thingId);
    if (!people) return;
    const moment = event.action as Moment;
    const rows: NewMessage[] = [];
    for (const [audience, sentence] of Object.entries(told[moment] ?? {}) as [Audience, Sentence][]) {
      const [title, words] = sentence(people.title, event);
      const many = toldTogether[moment]?.[audience];
      for (const personId of await peopleOf(db, audience, event, people)) {
        if (personId === event.actorId) continue;
        const gathers = many ? { deed: people.title, many } : null;
        const collected = weekly(audience, event, people.title, reference);
        rows.push({ ...messageOf(event, personId, title, words), gathers, collected });
      }
    }
    await writeMessages(db, rows);
  },
};

export const messageOf = (event: DomainEvent, personId: string, title: string, words: string): NewMessage =>
  messageOn(event, { personId, topic: 'promises', title, words, ...aboutOf(event) });

/** What the message opens; a year has no page of its own. */
function aboutOf({ thing, thingId }: DomainEvent): Partial<Pick<NewMessage, 'about' | 'aboutId'>> {
  if (thing === 'round') return {};
  return { about: thing === 'showcase' ? 'showcase' : 'commitment', aboutId: thingId };
}

/** 开始拟诺: every member on the list learns how many deeds he owes. */
export const roundMessages: Reaction = {
  name: 'messages.rounds',
  wants: ({ thing, action }) => thing === 'round' && action === 'startDrafting',
  run: async (db, event) => {
    const members = await membersWhoOwe(db, event.thingId);
    const rows = members.map(({ personId, owed }) =>
      messageOf(event, personId, '开始拟诺了', `今年请至少承诺 ${Number(owed)} 件看得见、数得清的小事。`),
    );
    await writeMessages(db, rows);
  },
};

/** 提醒: a member about his own deeds, the secretary about those of the organisation. */
export const reminderMessages: Reaction = {
  name: 'messages.reminders',
  wants: ({ thing, action }) => thing === 'round' && action === 'remind',
  run: async (db, event) => {
    const rows: NewMessage[] = [];
    for (const debtor of await remindedBy(db, event.id)) {
      const [title, words] = reminder(debtor, event);
      const told = debtor.kind === 'person' ? [debtor.debtorId] : await secretariesOf(db, debtor.debtorId, event.at);
      rows.push(...told.filter((id) => id !== event.actorId).map((id) => messageOf(event, id, title, words)));
    }
    await writeMessages(db, rows);
  },
};

const reminder = ({ kind, name, missing, year }: RemindedDebtor, { actorName }: DomainEvent) =>
  kind === 'person'
    ? ([
        '别忘了写承诺',
        `${actorName}提醒您：${year} 年还差 ${missing} 件没有报审，请到“我的承诺”里写好报审。`,
      ] as const)
    : ([
        '党组织的承诺还不够',
        `${actorName}提醒：${name}${year} 年还差 ${missing} 件没有报审，请尽快写好报审。`,
      ] as const);
