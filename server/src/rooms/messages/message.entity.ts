import type { MessageTopic } from '@sandan/shared/messages/message.words';
import { Column, Entity } from 'typeorm';
import { Code, Id, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';

/** What a message opens: a thing, or a list of what waits for the reader. */
export type MessageAbout =
  | 'order'
  | 'task'
  | 'commitment'
  | 'showcase'
  | 'review'
  | 'contacts'
  | 'visits'
  | 'links'
  | 'overdue'
  | 'checks'
  | 'binding'
  | 'household'
  | 'sweep'
  | 'mySweep'
  | 'myTasks'
  | 'handover'
  | 'desk'
  | 'myDeeds'
  | 'activity';

/** In-app inbox. Unique by (event, person, kind): a reaction that runs twice writes once. */
@Entity('message')
export class Message {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  /** `<thing>.<action>` of what happened; with the topic it settles by which template WeChat tells of it. */
  @Code('kind', 40) kind!: string;
  @Code('topic', 12) topic!: MessageTopic;
  @Words('title', 60) title!: string;
  @Words('words', 300) words!: string;
  @Code('about', 10, true) about!: MessageAbout | null;
  @OptionalRef('about_id') aboutId!: string | null;
  @Ref('event_id') eventId!: string;
  @Time('at') at!: Date;
  /** By the database's time, when the row was written, last gathered more, or was read; `at` is when it happened. */
  @Time('arrived_at') arrivedAt!: Date;
  @Time('read_at', true) readAt!: Date | null;
  /** For how many things of the same kind it stands: 1, or as many as came before it was read. */
  @Column({ name: 'gathered', type: 'int', default: 1 }) gathered!: number;
}
