import { rm } from 'node:fs/promises';
import type { QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import { rosterKinds, rosterStandings, rosterStates, type RosterKind } from '@sandan/shared/people/roster.words';
import type { rostersApi } from '@sandan/shared/people/rosters.contract';
import { Problem, problems, type ProblemCode } from '@sandan/shared/problems';
import type { Caller } from '../access/caller';
import { gridsWith, gridWithin, reachesGrid } from '../access/reach';
import { recordAct } from '../audit/record-act';
import { fromJson, type Db, type Reading } from '../database/connect';
import { decodeCursor } from '../database/cursor';
import { pageOf } from '../database/page';
import type { World } from '../http/world';
import type { Sealed } from '../personal-data/vault';
import { applyUnits } from './apply-units';
import { checkUnits, forgetStaged, type UnitContent } from './check-units';
import { moveImport, patience, scopeOf, step, type RosterJob } from './job';
import type { AnyRoster, Drawing, RosterOptions, RosterScope } from './roster';
import { RosterImport, type RosterCounts } from './roster.entity';
import { stageRows } from './stage-rows';

type Api = typeof rostersApi;
type Presented = ReplyOf<Api['read']>;

/** What a room's roster is found by. */
export type Rosters = ReadonlyMap<RosterKind, AnyRoster>;

export function rosterOf(rosters: Rosters, kind: RosterKind): AnyRoster {
  const roster = rosters.get(kind);
  if (!roster) throw new Error(`There is no roster of ${kind}`);
  return roster;
}

/** How many of a kind stand within the caller's reach. */
export async function countThere(db: Reading, roster: AnyRoster, caller: Caller): Promise<number> {
  const counts = gridsWith(caller, 'roster.import').map((grid) => {
    const scope: RosterScope = {
      ...{ importId: noImport, grid, caller, vault: db.vault, tree: caller.reference.tree, options: {} },
      now: caller.now,
    };
    return roster.countThere ? roster.countThere(scope) : roster.countMissing(db, scope);
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** Of a file that names nothing: whatever stands in the system is missing in it. */
const noImport = '';

export interface NewImport {
  readonly importId: string;
  readonly kind: RosterKind;
  readonly gridId: string;
  readonly options: RosterOptions;
  readonly contentHash: Buffer;
}

/** What stands against uploading for this place. Throws `grid.not-found`, `access.forbidden`, `roster.datum-needed`. */
export function mayUpload(
  caller: Caller,
  { kind, gridId, options }: Pick<NewImport, 'kind' | 'gridId' | 'options'>,
): void {
  gridWithin(caller, 'roster.import', gridId);
  if (kind === 'boundaries' && !options.datum) throw new Problem('roster.datum-needed');
}

/** Notes the upload. False: it is one that was sent again. Throws `roster.id-taken`. */
export async function beginImport(db: Db, caller: Caller, given: NewImport): Promise<boolean> {
  const { importId, kind, gridId, options, contentHash } = given;
  const [there] = await db.query<{ importer_id: string; kind: string; content_hash: Buffer }>(
    'SELECT importer_id, kind, content_hash FROM roster_import WHERE id = ?',
    [importId],
  );
  if (there) {
    const isSame =
      there.importer_id === caller.personId && there.kind === kind && there.content_hash.equals(contentHash);
    if (!isSame) throw new Problem('roster.id-taken');
    return false;
  }
  await db.insert(RosterImport, [
    {
      ...{ id: importId, kind, importerId: caller.personId, gridId, state: 'reading', options, contentHash },
      ...{ rowCount: 0, done: 0, whole: 0, at: caller.now },
    },
  ]);
  await db.write('UPDATE roster_import SET touched_at = UTC_TIMESTAMP(3) WHERE id = ?', [importId]);
  await recordAct(db, caller, 'uploadRoster', { thingId: importId, facts: { roster: kind, gridId } });
  return true;
}

/** Reads and checks the file, and removes it. What is wrong with it stands in the import then. */
export async function checkFile(job: RosterJob, path: string): Promise<void> {
  try {
    await step(job, async () => checkUnits(job, await stageRows(job, path)), 'failed');
  } finally {
    await rm(path, { force: true });
  }
  await forgetFailed(job);
}

export const checkAgain = async (job: RosterJob, rows: number): Promise<void> => {
  await step(job, () => checkUnits(job, rows), 'failed');
  await forgetFailed(job);
};

export const applyImport = (job: RosterJob, counts: RosterCounts): Promise<void> =>
  step(job, () => applyUnits(job, counts), 'ready');

/** Nobody needs the rows of what was not checked or is not wanted. */
async function forgetFailed(job: RosterJob): Promise<void> {
  const [row] = await job.database.reading.query<{ state: string }>('SELECT state FROM roster_import WHERE id = ?', [
    job.importId,
  ]);
  if (row?.state === 'failed' || row?.state === 'cancelled') await forgetStaged(job);
}

type Row = Omit<RosterImport, 'contentHash'> & { isLost: boolean };

const importColumns = `id, kind, importer_id AS importerId, grid_id AS gridId, state, options, ignored,
  row_count AS rowCount, done, whole, counts, problem, problem_fields AS problemFields, at, touched_at AS touchedAt,
  applied_at AS appliedAt, touched_at < UTC_TIMESTAMP(3) - INTERVAL ${patience} SECOND AS isLost`;

const importRow = (row: Row): Row => ({
  ...row,
  ...{ options: fromJson(row.options), ignored: fromJson(row.ignored), counts: fromJson(row.counts) },
  ...{ problemFields: fromJson(row.problemFields), isLost: Number(row.isLost) === 1 },
});

/** For whom the place is within reach today, as at the upload: whoever has gone to another town leaves his files behind. */
const reaches = (caller: Caller, { gridId }: Pick<Row, 'gridId'>): boolean =>
  reachesGrid(caller, 'roster.import', gridId);

/** One's own. Throws `roster.not-found`. */
export async function importOf(db: Reading, caller: Caller, importId: string): Promise<Row> {
  const [row] = await db.query<Row>(`SELECT ${importColumns} FROM roster_import WHERE id = ? AND importer_id = ?`, [
    ...[importId, caller.personId],
  ]);
  if (!row || !reaches(caller, row)) throw new Problem('roster.not-found');
  return settled(importRow(row));
}

export const recentImports = async (db: Reading, caller: Caller): Promise<Row[]> =>
  (
    await db.query<Row>(
      `SELECT ${importColumns} FROM roster_import WHERE importer_id = ? ORDER BY at DESC, id DESC LIMIT 20`,
      [caller.personId],
    )
  ).flatMap((row) => (reaches(caller, row) ? [settled(importRow(row))] : []));

/** A process that died in the middle left nothing but a word, and that lapses. */
function settled(row: Row): Row {
  if (!row.isLost) return row;
  if (row.state === 'applying') return { ...row, state: 'ready', done: 0 };
  if (row.state !== 'reading' && row.state !== 'checking') return row;
  return { ...row, state: 'failed', problem: 'roster.interrupted', problemFields: null };
}

type Allowed = Presented['allows'][number];

function allowed({ state, counts }: Row): Allowed[] {
  if (state === 'reading' || state === 'checking') return ['cancel'];
  if (state !== 'ready' || !counts) return [];
  const coming = counts.added + counts.changed + counts.ended;
  if (counts.faulty > 0) return ['errors', 'cancel'];
  return coming > 0 ? ['apply', 'recheck', 'cancel'] : ['recheck', 'cancel'];
}

export function presentImport(row: Row, { reference }: Caller): Presented {
  const { id, kind, state, rowCount, done, whole, counts, ignored, problem, problemFields, at, appliedAt } = row;
  return {
    ...{ id, kind, kindName: rosterKinds[kind], gridName: reference.tree.grid(row.gridId)?.name ?? '' },
    ...{ state, stateName: rosterStates[state], rows: rowCount, done, whole, counts: counts && { ...counts } },
    ignored: [...(ignored ?? [])],
    problem: problem === null ? null : presentProblem(problem as ProblemCode, problemFields),
    ...{ at: at.toISOString(), appliedAt: appliedAt?.toISOString() ?? null, allows: allowed(row) },
  };
}

const presentProblem = (code: ProblemCode, fields: RosterImport['problemFields']) => ({
  ...{ code, title: problems[code][1], words: Object.values(fields ?? {}) },
});

/** Moves it on, or says why not. Throws `roster.wrong-state`, `roster.faulty`, `roster.nothing-new`. */
export async function beginStep(db: Db, caller: Caller, importId: string, to: 'applying' | 'checking'): Promise<Row> {
  const row = await importOf(db, caller, importId);
  const { counts, state } = row;
  if (to === 'applying' && state === 'ready' && counts) {
    if (counts.faulty > 0) throw new Problem('roster.faulty', { facts: { faulty: counts.faulty } });
    if (counts.added + counts.changed + counts.ended === 0) throw new Problem('roster.nothing-new');
  }
  const lost = `(state = 'applying' AND touched_at < UTC_TIMESTAMP(3) - INTERVAL ${patience} SECOND)`;
  const moved = await db.write(
    `UPDATE roster_import SET state = ?, done = 0, whole = 0, problem = NULL, problem_fields = NULL,
       touched_at = UTC_TIMESTAMP(3) WHERE id = ? AND (state = 'ready' OR ${lost})`,
    [to, importId],
  );
  if (moved === 0) throw new Problem('roster.wrong-state', { facts: { state } });
  return { ...row, state: to };
}

/** Before it is applied only. Throws `roster.wrong-state`. */
export async function cancelImport(db: Db, caller: Caller, importId: string): Promise<void> {
  const { state } = await importOf(db, caller, importId);
  if (state === 'cancelled') return;
  if (!(await moveImport(db, importId, ['reading', 'checking', 'ready', 'failed'], 'cancelled')))
    throw new Problem('roster.wrong-state', { facts: { state } });
  await recordAct(db, caller, 'cancelRoster', { thingId: importId });
}

export const jobOf = (
  world: Pick<World, 'database' | 'references'>,
  rosters: Rosters,
  caller: Caller,
  row: Pick<RosterImport, 'id' | 'kind' | 'gridId' | 'options'>,
  signal: AbortSignal,
): RosterJob => ({
  ...{ database: world.database, references: world.references, roster: rosterOf(rosters, row.kind), importId: row.id },
  ...{ caller, gridId: row.gridId, options: row.options, signal },
});

const presentDrawing = ({ shapes, ...size }: Drawing) => ({
  ...size,
  shapes: shapes.map((shape) => ({ ...shape, rings: shape.rings.map((ring) => [...ring]) })),
});

interface UnitRow {
  id: string;
  first_number: number;
  content: Sealed;
}

/** The preview, by the rows of the sheet; what the file has not, by its age in the system. */
export async function listUnits(
  db: Reading,
  job: RosterJob,
  { standing, cursor, limit }: QueryOf<Api['units']>,
): Promise<ReplyOf<Api['units']>> {
  const { importId, roster } = job;
  const filters = { importId, standing };
  if (standing === 'missing') {
    const [after = ''] = decodeCursor(cursor, filters, ['id']) ?? [];
    const rows = await roster.missing(db, await scopeOf(job), { after, limit: limit + 1 });
    const toReply = ({ id, title }: (typeof rows)[number]) => ({
      ...{
        id,
        number: null,
        standing,
        standingName: '文件里没有',
        title,
        changes: [],
        faults: [],
        hints: [],
        drawing: null,
      },
    });
    return pageOf(rows, { limit, filters, keyOf: ({ id }) => [id], toReply });
  }
  const [number = -1, id = ''] = decodeCursor(cursor, filters, ['number', 'id']) ?? [];
  const rows = await db.query<UnitRow>(
    `SELECT id, first_number, content_sealed AS content FROM roster_unit
     WHERE import_id = ? AND standing = ? AND (first_number > ? OR (first_number = ? AND id > ?))
     ORDER BY first_number, id LIMIT ?`,
    [importId, standing, number, number, id, limit + 1],
  );
  const heads = new Map(roster.columns.map(({ key, head }) => [key, head]));
  return pageOf(rows, {
    ...{ limit, filters, keyOf: (row) => [row.first_number, row.id] },
    toReply: (row) => {
      const { title, changes, faults, hints, drawing } = JSON.parse(
        db.vault.open('rosterUnit.content', row.content),
      ) as UnitContent;
      return {
        ...{ id: row.id, number: row.first_number, standing, standingName: rosterStandings[standing], title },
        ...{ changes: [...changes], hints: [...hints], drawing: drawing ? presentDrawing(drawing) : null },
        faults: faults.map((fault) => ({ ...fault, head: heads.get(fault.column ?? '') ?? null })),
      };
    },
  });
}
