import { Entity } from 'typeorm';
import { Code, Id, Json, OptionalRef, Time } from '../database/columns';

/** Append-only: the application's account may INSERT and SELECT here, nothing else. */
@Entity('audit_entry')
export class AuditEntry {
  @Id() id!: string;
  @Time('at') at!: Date;
  @OptionalRef('person_id') personId!: string | null;
  /** signIn, signOut, revealContact, changeSetting … */
  @Code('act', 40) act!: string;
  @OptionalRef('thing_id') thingId!: string | null;
  @Json('facts', true) facts!: Record<string, unknown> | null;
}
