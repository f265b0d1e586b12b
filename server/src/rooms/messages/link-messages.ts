import type { Db } from '../../foundation/database/connect';
import type { DomainEvent, Reaction } from '../../foundation/outbox/outbox';
import type { Reference } from '../../foundation/reference/reference';
import { secretariesOfGrids } from '../households/links.queries';
import { newlyLinked, peopleNewlyLinked, relieved, settledRequest } from '../households/visit-news.queries';
import type { MessageTopic } from '@sandan/shared/messages/message.words';
import type { MessageAbout } from './message.entity';
import { messageOn, writeMessages } from './write-messages';

export type Told = readonly [
  personId: string,
  topic: MessageTopic,
  title: string,
  words: string,
  about: MessageAbout | null,
];

/** 联户: who is linked to whom is told to both, in kind words; no message names a household. */
export const linkMessages: Reaction = {
  name: 'messages.links',
  wants: ({ thing }) => thing in toldOf,
  run: async (db, event, reference) => writeTold(db, event, (await toldOf[event.thing]?.(db, event, reference)) ?? []),
};

const toldOf: Readonly<Record<string, (db: Db, event: DomainEvent, reference: Reference) => Promise<Told[]>>> = {
  householdLink: ofLinks,
  linkRequest: ofRequest,
};

async function ofLinks(db: Db, { id }: DomainEvent): Promise<Told[]> {
  const [members, before, people] = [
    await newlyLinked(db, id),
    await relieved(db, id),
    await peopleNewlyLinked(db, id),
  ];
  return [
    ...members.map(({ memberId, count }): Told => [
      ...([
        memberId,
        'tasks',
        '给您安排了联系户',
        `新联系 ${count} 户，有空先去认认门，下个月底前走访一次就好。`,
      ] as const),
      'visits',
    ]),
    ...before.map(({ memberId, count }): Told => [
      ...([memberId, 'tasks', '联系户有变动', `有 ${count} 户改由别的党员联系，谢谢您一直以来的走动。`] as const),
      'visits',
    ]),
    ...people
      .filter(({ personId, memberId }) => personId !== memberId)
      .map(({ personId, memberName }): Told => [personId, ...newMember(memberName)]),
  ];
}

const newMember = (name: string) =>
  ['home', '您家的联系党员', `${name}是您家的联系党员，有事可以直接找他，也可以找支部。`, 'contacts'] as const;

async function ofRequest(db: Db, event: DomainEvent, { tree }: Reference): Promise<Told[]> {
  if (event.action === 'ask') {
    const grid = tree.grid(String(event.facts?.['gridId']));
    const line = [grid?.group, grid?.village, grid?.town].flatMap((id) => id ?? []);
    const secretaries = await secretariesOfGrids(db, line, event.at);
    return secretaries.map((id): Told => [
      id,
      'desk',
      '有群众想换联系党员',
      '不用问原因，请另安排一位，安排好了两边都会收到消息。',
      'links',
    ]);
  }
  const request = await settledRequest(db, event.thingId);
  if (!request) return [];
  const { personId, oldMemberId, newMemberId, newMemberName, answer } = request;
  if (newMemberId === null || newMemberName === null)
    return [[personId, 'home', '关于换联系党员', answer ?? '书记看过了，暂时没有调整。', 'contacts']];
  const people = await peopleNewlyLinked(db, event.id);
  return [
    [personId, 'home', '换好联系党员了', `以后由${newMemberName}联系您家。${answer ?? '有事尽管说。'}`, 'contacts'],
    ...people.map(({ personId: id }): Told => [id, ...newMember(newMemberName)]),
    [newMemberId, 'tasks', '给您安排了联系户', '新联系 1 户，有空先去认认门。', 'visits'],
    [oldMemberId, 'tasks', '联系户有变动', '有 1 户改由别的党员联系，谢谢您一直以来的走动。', 'visits'],
  ];
}

/** One message to each, the first that concerns him; nobody is told what he did himself. */
export const writeTold = (db: Db, event: DomainEvent, told: readonly Told[]): Promise<void> =>
  writeMessages(
    db,
    told
      .filter(([personId]) => personId !== event.actorId)
      .map(([personId, topic, title, words, about]) =>
        messageOn(event, { personId, topic, title, words, about, aboutId: about === null ? null : event.thingId }),
      ),
  );
