import { Entity } from 'typeorm';
import type { AuditAct, AuditDeed } from '@sandan/shared/audit/audit.words';
import type { FactsOfDecisions, FactsOfDeeds } from '@sandan/shared/audit/audit-facts';
import { Code, Id, Json, OptionalRef, Time } from '../database/columns';

/**
 * Append-only: the application's account may INSERT and SELECT here, nothing else. Written by `recordAct`, sealed into a
 * chain a second or so later (seal.ts). The database numbers the rows as they are inserted (column `number`).
 */
@Entity('audit_entry')
export class AuditEntry {
  @Id() id!: string;
  @Time('at') at!: Date;
  @OptionalRef('person_id') personId!: string | null;
  @Code('act', 40) act!: AuditAct;
  @OptionalRef('thing_id') thingId!: string | null;
  /** The town of the thing, else of whoever did it: what a town's auditor may see. Null: for the county alone. */
  @OptionalRef('town_id') townId!: string | null;
  @Json('facts', true) facts!: FactsOfDeeds[AuditDeed] | FactsOfDecisions | null;
}
