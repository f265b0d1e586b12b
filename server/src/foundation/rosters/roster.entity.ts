import { Entity } from 'typeorm';
import type { RosterKind, RosterStanding, RosterState } from '@sandan/shared/people/roster.words';
import { Binary, Code, Id, Int, Json, OptionalRef, Ref, SealedWords, Time } from '../database/columns';
import type { RosterOptions } from './roster';

export type RosterCounts = Readonly<Record<RosterStanding | 'missing' | 'hinted', number>>;

/** 名册导入: one file, from its upload to its end. */
@Entity('roster_import')
export class RosterImport {
  @Id() id!: string;
  @Code('kind', 20) kind!: RosterKind;
  @Ref('importer_id') importerId!: string;
  /** What the file is for, with all below it. */
  @Ref('grid_id') gridId!: string;
  @Code('state', 10) state!: RosterState;
  @Json('options') options!: RosterOptions;
  /** Of the file as it came: tells a repeated upload from another one under the same id. */
  @Binary('content_hash', 32) contentHash!: Buffer;
  /** Heads of columns that mean nothing to us. */
  @Json('ignored', true) ignored!: readonly string[] | null;
  @Int('row_count') rowCount!: number;
  /** Rows, or units, of the present step that are through. Told from outside of its transaction. */
  @Int('done') done!: number;
  /** So many are to be done in this step; 0 while nobody knows. */
  @Int('whole') whole!: number;
  @Json('counts', true) counts!: RosterCounts | null;
  /** Why it did not go on. */
  @Code('problem', 60, true) problem!: string | null;
  @Json('problem_fields', true) problemFields!: Readonly<Record<string, string>> | null;
  @Time('at') at!: Date;
  /** The last sign of life of the process that works at it, by the database's clock. */
  @Time('touched_at', true) touchedAt!: Date | null;
  @Time('applied_at', true) appliedAt!: Date | null;
}

/** A row of the file, sealed, until it is imported or forgotten. */
@Entity('roster_row')
export class RosterRow {
  @Id() id!: string;
  @Ref('import_id') importId!: string;
  @Code('unit_key', 80) unitKey!: string;
  /** As it is numbered in the sheet. */
  @Int('number') number!: number;
  @Binary('mark', 32, true) mark!: Buffer | null;
  @SealedWords('rosterRow.content', 'long') content!: string;
}

/** What was found of rows that belong together. */
@Entity('roster_unit')
export class RosterUnit {
  @Id() id!: string;
  @Ref('import_id') importId!: string;
  @Code('unit_key', 80) unitKey!: string;
  @Int('first_number') firstNumber!: number;
  @Int('row_count') rowCount!: number;
  @Code('standing', 10) standing!: RosterStanding;
  @OptionalRef('thing_id') thingId!: string | null;
  /** Of what is to be written: planned again when it is applied, it must be the same. */
  @Binary('fingerprint', 32) fingerprint!: Buffer;
  @Int('hints') hints!: number;
  @SealedWords('rosterUnit.content', 'long') content!: string;
}
