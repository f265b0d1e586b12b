import { Entity } from 'typeorm';
import type { ImportColumn, ImportStanding } from '@sandan/shared/commitments/import.words';
import { Binary, Code, Id, Int, IntId, Json, OptionalRef, Ref, Time } from '../../foundation/database/columns';

/** 导入承诺: one file. */
@Entity('commitment_import')
export class CommitmentImport {
  @Id() id!: string;
  @Ref('round_id') roundId!: string;
  @Ref('importer_id') importerId!: string;
  @Code('state', 10) state!: 'ready' | 'applying' | 'applied';
  /** Of the file as it came: tells a repeated upload from another one under the same id. */
  @Binary('content_hash', 32) contentHash!: Buffer;
  @Int('row_count') rowCount!: number;
  @Int('good') good!: number;
  @Int('warned') warned!: number;
  @Int('known') known!: number;
  @Int('faulty') faulty!: number;
  /** While it is applied: drafts written in the one transaction so far. Told from outside of it. */
  @Int('rows_done') rowsDone!: number;
  @Time('at') at!: Date;
  /** The last sign of life of the process that applies it, by the database's clock. */
  @Time('touched_at', true) touchedAt!: Date | null;
  @Time('applied_at', true) appliedAt!: Date | null;
}

/** What stands in a row of the sheet, by the meaning of its columns; empty ones are left out. */
export type ImportCells = Readonly<Partial<Record<ImportColumn, string>>>;

@Entity('commitment_import_row')
export class CommitmentImportRow {
  @Id('import_id') importId!: string;
  /** As it is numbered in the sheet. */
  @IntId('number') number!: number;
  @Json('cells') cells!: ImportCells;
  @Code('standing', 10) standing!: ImportStanding;
  @Json('faults') faults!: readonly string[];
  @Json('hints') hints!: readonly string[];
  /** The draft it became. */
  @OptionalRef('commitment_id') commitmentId!: string | null;
}
