import type { MessageTopic } from '@sandan/shared/messages/message.words';
import type { MessageKind } from '@sandan/shared/subscriptions/subscription.words';
import type { Db } from '../../foundation/database/connect';
import { newId } from '../../foundation/ids';
import type { DomainEvent } from '../../foundation/outbox/outbox';
import { enqueue, type Telling } from '../../foundation/subscribe/enqueue';
import { collect, type Collected } from './collect-digest';
import { gather, repeats, type Many } from './gathered-messages';
import { Message, type MessageAbout } from './message.entity';

/** One message to one person, before it is written. */
export interface NewMessage {
  readonly personId: string;
  readonly topic: MessageTopic;
  readonly kind: string;
  readonly title: string;
  readonly words: string;
  readonly about: MessageAbout | null;
  readonly aboutId: string | null;
  readonly eventId: string;
  /** Whose calendar and quiet hours it goes by; null where no town is concerned. */
  readonly townId: string | null;
  readonly at: Date;
  /** False: its reader did it himself. It stands there as read. */
  readonly isNew: boolean;
  /** While one of its kind is unread, it counts up instead: the deed, and how several read. */
  readonly gathers: { readonly deed: string; readonly many: Many } | null;
  /** Goes to WeChat, too, for whoever has agreed (wechat-tellings.ts). */
  readonly wechat: WechatTelling | null;
  /** 汇总: told with others at a set time. */
  readonly collected: Collected | null;
}

export interface WechatTelling {
  readonly kind: MessageKind;
  /** What its reader is told only once: the event, or the task. */
  readonly onceKey: string;
  readonly orderId: string;
}

type Given = Pick<NewMessage, 'personId' | 'topic' | 'title' | 'words'> & Partial<NewMessage>;

const cut = (text: string, most: number): string => [...text].slice(0, most).join('');

/** A message about an event; what it opens is null unless it is said. */
export const messageOn = (event: DomainEvent, given: Given): NewMessage => ({
  ...{
    kind: `${event.thing}.${event.action}`,
    about: null,
    aboutId: null,
    isNew: true,
    gathers: null,
    wechat: null,
    collected: null,
  },
  ...{ eventId: event.id, townId: event.townId, at: event.at },
  ...given,
  ...{ title: cut(given.title, 60), words: cut(given.words, 300) },
});

const batch = 500;

/**
 * The one place where messages come into being: all *-messages.ts write through it, within their reaction. Unique by
 * (event, person, kind), so a repeat writes nothing twice; one person hears of one event once, the first that concerns him.
 */
export async function writeMessages(db: Db, given: readonly NewMessage[]): Promise<void> {
  await oneAtATime(db, given);
  const told = new Set<string>();
  const fresh: NewMessage[] = [];
  for (const message of given) {
    const key = `${message.eventId} ${message.personId}`;
    if (told.has(key)) continue;
    told.add(key);
    if (message.collected && !message.collected.atOnceToo) continue;
    if (!(await repeats(db, message)) && !(await gather(db, message))) fresh.push(message);
  }
  await collect(db, given.filter(isCollected));
  for (let from = 0; from < fresh.length; from += batch)
    await db.upsert(Message, fresh.slice(from, from + batch).map(rowOf), ['personId']);
  await enqueue(db, fresh.flatMap(onItsWay));
}

/** Who gathers for somebody waits for whoever does so now: else both find nothing unread, and he gets two messages. */
async function oneAtATime(db: Db, given: readonly NewMessage[]): Promise<void> {
  const gathering = new Set(given.filter(({ gathers }) => gathers !== null).map(({ personId }) => personId));
  if (gathering.size > 0)
    await db.query('SELECT id FROM person WHERE id IN (?) ORDER BY id FOR UPDATE', [[...gathering]]);
}

/** The one place where a message starts for WeChat, in the transaction of the one in the inbox. */
const onItsWay = ({ personId, eventId, townId, at, wechat }: NewMessage): Telling[] =>
  wechat && townId ? [{ personId, eventId, townId, at, ...wechat }] : [];
const isCollected = (message: NewMessage): message is NewMessage & { collected: Collected } =>
  message.collected !== null;

const rowOf = (message: NewMessage): Partial<Message> => {
  const { personId, kind, topic, title, words, about, aboutId, eventId, at, isNew } = message;
  return {
    ...{ id: newId(at), personId, kind, topic, title, words, about, aboutId, eventId, at },
    readAt: isNew ? null : at,
  };
};
