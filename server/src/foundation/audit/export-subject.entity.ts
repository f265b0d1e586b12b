import { Entity } from 'typeorm';
import { Id } from '../database/columns';

/** Who stood in a list that left the house, or came in: so that everybody can see it among those who looked at their data. */
@Entity('export_subject')
export class ExportSubject {
  @Id('audit_id') auditId!: string;
  @Id('person_id') personId!: string;
}
