import { Entity } from 'typeorm';
import { Code, CodeId, OptionalRef, Ref, Time } from '../database/columns';

/** A short random key of one thing: in messages, share cards, printed codes (decisions.md §5.2). */
@Entity('link')
export class Link {
  @CodeId('link_key', 16) key!: string;
  /** `commitment`, `member`, `organization` … */
  @Code('what', 20) what!: string;
  @Ref('thing_id') thingId!: string;
  @Time('created_at') createdAt!: Date;
  /** Lost or abused: another one hangs in its place. */
  @Time('revoked_at', true) revokedAt!: Date | null;
  /** The act that replaced the one before. */
  @OptionalRef('made_in') madeIn!: string | null;
}
