import { Entity } from 'typeorm';
import { Code, CodeId, Ref, Time } from '../database/columns';

/** A short random key of one thing: in messages, share cards, printed codes (decisions.md §5.2). */
@Entity('link')
export class Link {
  @CodeId('link_key', 16) key!: string;
  /** `commitment`, `member`, `organization` … */
  @Code('what', 20) what!: string;
  @Ref('thing_id') thingId!: string;
  @Time('created_at') createdAt!: Date;
}
