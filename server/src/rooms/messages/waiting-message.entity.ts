import type { MessageTopic } from '@sandan/shared/messages/message.words';
import { Entity } from 'typeorm';
import { Code, Id, OptionalRef, Ref, Time, Words } from '../../foundation/database/columns';
import type { Digest } from './digest-times';
import type { MessageAbout } from './message.entity';

/** What waits to be told with others in one message, unique by (event, person, digest). */
@Entity('waiting_message')
export class WaitingMessage {
  @Id() id!: string;
  @Ref('person_id') personId!: string;
  @Code('digest', 10) digest!: Digest;
  @Code('kind', 40) kind!: string;
  @Code('topic', 12) topic!: MessageTopic;
  /** What the thing is called; null where it is confidential. */
  @Words('deed', 60, true) deed!: string | null;
  @Code('about', 10) about!: MessageAbout;
  @Ref('about_id') aboutId!: string;
  /** The order or the deed, by which it is asked whether it waits still. */
  @Ref('thing_id') thingId!: string;
  @Ref('event_id') eventId!: string;
  @OptionalRef('town_id') townId!: string | null;
  @Time('at') at!: Date;
}
