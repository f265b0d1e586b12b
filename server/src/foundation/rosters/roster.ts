import type { Datum, RosterKind, RosterStanding } from '@sandan/shared/people/roster.words';
import type { Caller } from '../access/caller';
import type { Db, Reading } from '../database/connect';
import type { Vault } from '../personal-data/vault';
import type { GridNode, Tree } from '../reference/tree';
import type { RowReader } from './row-reader';

/** A column of the template. A file may have them in any order, and others beside them. */
export interface RosterColumn {
  readonly key: string;
  readonly head: string;
  /** Other heads under which offices have it. */
  readonly also?: readonly string[];
  /** Without it a file is not of this kind. */
  readonly needed?: true;
  /** What is to be written here, for the explanation row. */
  readonly note: string;
  readonly samples: readonly [string, string];
  /** All that may stand here: a drop-down list in the template. */
  readonly choices?: readonly string[];
  /** Of the column in the template, in characters. */
  readonly width?: number;
  /** Longer texts are cut when they are kept; 200 characters by default. */
  readonly longest?: number;
}

export interface RosterOptions {
  readonly datum?: Datum | undefined;
}

/** Who imports, and for what part of the county. */
export interface RosterScope {
  readonly importId: string;
  readonly caller: Caller;
  /** The grid that the file is for, with all below it. */
  readonly grid: GridNode;
  /** As it stands now, not when the caller signed in. */
  readonly tree: Tree;
  readonly options: RosterOptions;
  readonly now: Date;
  readonly vault: Vault;
}

/** What is wrong with a cell, as a sentence that says what to do; `column` null: with the row. */
export interface Fault {
  readonly number: number;
  readonly column: string | null;
  readonly words: string;
}

/** A row of the file, understood as far as it could be. */
export interface ReadRow<Value> {
  readonly number: number;
  readonly value: Value;
  readonly faults: readonly Fault[];
  readonly hints: readonly string[];
}

/** Rows that belong together: a household with its people, or one row alone. */
export interface Unit<Value> {
  readonly key: string;
  readonly rows: readonly ReadRow<Value>[];
}

/** A difference, masked: nobody reads a whole phone number in a preview. */
export interface Change {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A sketch of what changes on the map, in whole numbers from its upper left corner. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The lowest first; corners of each ring one after another: x, y, x, y, … */
  readonly shapes: readonly {
    readonly kind: 'above' | 'beside' | 'before' | 'after';
    readonly name: string;
    readonly rings: readonly (readonly number[])[];
  }[];
}

/** What would become of a unit. */
export interface UnitPlan<Work> {
  readonly standing: RosterStanding;
  /** The thing in the system that it is. */
  readonly thingId: string | null;
  /** For the preview, masked. */
  readonly title: string;
  readonly changes: readonly Change[];
  readonly faults: readonly Fault[];
  readonly hints: readonly string[];
  /** Drawn only when it is kept: those of a county are long. */
  readonly draw?: () => Drawing;
  /** What `apply` writes: free of new ids and of the present time, since it must come out the same when it is planned again. */
  readonly work: Work;
}

export type Touch = (personIds: readonly string[]) => void;

export interface Missing {
  readonly id: string;
  readonly title: string;
}

/**
 * One kind of roster, as a room describes it: columns, how a row is read, how what exists is found and compared, what is
 * written. Everything else (files, progress, preview, errors, the one transaction) is the engine's.
 */
export interface Roster<Value, Work> {
  readonly kind: RosterKind;
  readonly columns: readonly RosterColumn[];
  /** Trees are planned as one: a branch may hang on another one of the same file. At most so many rows then. */
  readonly asOne?: number;
  /** Its file is a map (GeoJSON), and not a sheet. */
  readonly isMap?: true;
  /** Other processes read the trees anew afterwards. */
  readonly changesTree?: true;
  read(row: RowReader): Value;
  /** Rows with the same key make a unit; null where it cannot be told. At most 80 plain characters. */
  keyOf(value: Value, vault: Vault): string | null;
  /** What may stand once in a file, beyond the unit; null where the row has none. */
  markOf?(value: Value, vault: Vault): Buffer | null;
  /** The column that a repeated mark is told at. */
  readonly markColumn?: string;
  /**
   * Finds what exists and compares. `lock`: it is about to be written, so that the rows found stay as they are; nobody
   * reads its hints then.
   */
  plan(db: Reading, scope: RosterScope, units: readonly Unit<Value>[], lock: boolean): Promise<UnitPlan<Work>[]>;
  /** `touch`: told whom it has added or changed, so that they see it among those who looked. */
  apply(db: Db, scope: RosterScope, plans: readonly UnitPlan<Work>[], touch: Touch): Promise<void>;
  /** Within the scope, but not in the file; by id, after `after`. */
  missing(db: Reading, scope: RosterScope, page: { after: string; limit: number }): Promise<Missing[]>;
  countMissing(db: Reading, scope: RosterScope): Promise<number>;
  /** How many there are within the scope; where left out, as many as an empty file would miss. */
  countThere?(scope: RosterScope): number;
}

/** Whatever its rows are: the engine hands values and work through and never looks into them. */
export type AnyRoster = Roster<unknown, unknown>;

/** For the registry: a roster of certain rows among rosters of any. */
export const anyRoster = <Value, Work>(roster: Roster<Value, Work>): AnyRoster => roster as unknown as AnyRoster;
