import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, join, parse, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  datums,
  rosterKinds,
  rosterStandings,
  rosterStates,
  type Datum,
  type RosterKind,
} from '@sandan/shared/people/roster.words';
import { Problem } from '@sandan/shared/problems';
import { gridsWith } from './foundation/access/reach';
import { callerById } from './foundation/access/sessions';
import type { Caller } from './foundation/access/caller';
import { endOnFault, readConfig } from './foundation/config';
import { connectDatabase, type Database } from './foundation/database/connect';
import { recordAct } from './foundation/audit/record-act';
import { newId } from './foundation/ids';
import { openVault } from './foundation/personal-data/open-vault';
import { createReferenceCache, type ReferenceCache } from './foundation/reference/reference';
import { forgetStaged } from './foundation/rosters/check-units';
import { errorsWorkbook } from './foundation/rosters/errors-workbook';
import {
  applyImport,
  beginImport,
  beginStep,
  cancelImport,
  checkFile,
  importOf,
  mayUpload,
  presentImport,
  rosterOf,
} from './foundation/rosters/imports';
import type { RosterJob } from './foundation/rosters/job';
import { kindOfFile } from './foundation/rosters/kind-of-file';
import { loadReference } from './reference';
import { entities, rosters } from './rooms';

/**
 * Entry of import.js: `npm run import -- 名册.xlsx --as 15400000001 [--kind households] [--grid 441200000000] [--dry-run]`.
 * It acts as a named administrator and within his reach, so the audit log says who it was. Ends with 1 where a row is wrong.
 */
const usage = `用法：npm run import -- 文件.xlsx --as <管理员的手机号或编号>
  --kind ${Object.keys(rosterKinds).join('|')}   不写时看表头
  --grid <网格编码>          导入到哪里，不写就是这位管理员管的全部
  --datum ${Object.keys(datums).join('|')}   网格边界的坐标系
  --dry-run                  只检查，不导入`;

interface Wanted {
  readonly file: string;
  readonly as: string;
  readonly kind: RosterKind | undefined;
  readonly grid: string | undefined;
  readonly datum: Datum | undefined;
  readonly dryRun: boolean;
}

/** What a person has asked for wrongly: said in plain words, without a trace of the program. */
class Refused extends Error {}

function wantedOf(args: readonly string[]): Wanted {
  const text = { type: 'string' as const };
  const options = { as: text, kind: text, grid: text, datum: text, 'dry-run': { type: 'boolean' as const } };
  const parsed = (() => {
    try {
      return parseArgs({ args: [...args], options, allowPositionals: true });
    } catch (error) {
      throw new Refused(`${(error as Error).message}\n${usage}`);
    }
  })();
  const { values, positionals } = parsed;
  const [file] = positionals;
  if (file === undefined || values.as === undefined) throw new Refused(usage);
  if (!existsSync(file)) throw new Refused(`没有这个文件：${file}`);
  if (values.kind !== undefined && !(values.kind in rosterKinds)) throw new Refused(usage);
  if (values.datum !== undefined && !(values.datum in datums)) throw new Refused(usage);
  return {
    ...{ file: resolve(file), as: values.as, grid: values.grid, dryRun: values['dry-run'] ?? false },
    ...{ kind: values.kind as RosterKind | undefined, datum: values.datum as Datum | undefined },
  };
}

async function callerFor({ reading }: Database, references: ReferenceCache, as: string): Promise<Caller> {
  const rows = await reading.query<{ id: string }>('SELECT id FROM person WHERE id = ? OR phone_index IN (?)', [
    ...[as, reading.vault.indexes('person.phone', as)],
  ]);
  const found = await Promise.all(rows.map(({ id }) => callerById(reading, references, id, new Date())));
  const administrators = found.filter((each) => each !== null && gridsWith(each, 'roster.import').length > 0);
  const [caller, another] = administrators;
  if (!caller || another) throw new Refused('--as 要写一位管理员的手机号或编号，他要有“导入名册”的权限');
  return caller;
}

function gridFor(caller: Caller, code: string | undefined): string {
  const tops = gridsWith(caller, 'roster.import');
  const grid = code === undefined ? tops[0] : caller.reference.tree.grids.find((each) => each.code === code);
  if (!grid) throw new Refused(`没有编码是 ${code} 的网格`);
  if (code === undefined && tops.length > 1) throw new Refused('这位管理员管几处，请用 --grid 写明导入到哪里');
  return grid.id;
}

async function hashOf(path: string): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece);
  return hash.digest();
}

/** A line that is written over at a terminal; elsewhere a line for every tenth. */
function progressTo(output: NodeJS.WriteStream): NonNullable<RosterJob['onProgress']> {
  let told = '';
  return (state, done, whole) => {
    const percent = whole > 0 ? Math.floor((done / whole) * 100) : null;
    const bar = percent === null ? '' : `[${'#'.repeat(Math.floor(percent / 4)).padEnd(25)}] ${percent}%  `;
    if (output.isTTY) {
      output.write(`\r\u001b[K  ${rosterStates[state]}  ${bar}${done}`);
      return;
    }
    const line = `  ${rosterStates[state]}${percent === null ? '' : ` ${Math.floor(percent / 10) * 10}%`}`;
    if (line !== told) console.log(line);
    told = line;
  };
}

async function importFile(database: Database, dataDir: string, wanted: Wanted): Promise<number> {
  const references = createReferenceCache(database.reading, loadReference);
  const caller = await callerFor(database, references, wanted.as);
  const kind = wanted.kind ?? (await kindOfFile(wanted.file, [...rosters.values()]));
  if (!kind) throw new Refused('看不出这是哪一种名册，请用 --kind 写明');
  const [importId, gridId, options] = [
    newId(),
    gridFor(caller, wanted.grid),
    wanted.datum ? { datum: wanted.datum } : {},
  ];
  mayUpload(caller, { kind, gridId, options });
  const contentHash = await hashOf(wanted.file);
  await database.transaction((db) => beginImport(db, caller, { importId, kind, gridId, options, contentHash }));
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  const job: RosterJob = {
    ...{ database, references, roster: rosterOf(rosters, kind), importId, caller, gridId, options },
    ...{ signal: stopping.signal, onProgress: progressTo(process.stdout) },
  };
  await checkFile(job, await copied(wanted.file, dataDir));
  return finish(job, wanted);
}

/** The engine removes what it has read; the office keeps its own file. */
async function copied(file: string, dataDir: string): Promise<string> {
  const folder = join(dataDir, 'uploads');
  await mkdir(folder, { recursive: true });
  const copy = join(folder, `${newId()}.upload`);
  await copyFile(file, copy);
  return copy;
}

async function finish(job: RosterJob, { file, dryRun }: Wanted): Promise<number> {
  const { database, caller, importId } = job;
  const checked = await importOf(database.reading, caller, importId);
  tell(presentImport(checked, caller), basename(file));
  if (checked.state !== 'ready' || !checked.counts) return 1;
  if (checked.counts.faulty > 0) {
    const { dir, name } = parse(file);
    const errors = join(dir, `${name}-有错的行.xlsx`);
    const facts = { roster: job.roster.kind, faulty: checked.counts.faulty };
    await database.transaction((db) => recordAct(db, caller, 'exportRosterErrors', { thingId: importId, facts }));
    await writeFile(errors, await errorsWorkbook(database.reading, importId, job.roster, caller), { mode: 0o600 });
    console.log(`有错，一条也没有导入。错误表：${errors}`);
  }
  const { added, changed, ended, faulty } = checked.counts;
  if (dryRun || faulty > 0 || added + changed + ended === 0) {
    await database.transaction((db) => cancelImport(db, caller, importId));
    await forgetStaged(job);
    if (faulty === 0) console.log(dryRun ? '只检查了，没有导入。' : '系统里都有了，没有要导入的。');
    return faulty > 0 ? 1 : 0;
  }
  await database.transaction((db) => beginStep(db, caller, importId, 'applying'));
  await applyImport(job, checked.counts);
  const applied = presentImport(await importOf(database.reading, caller, importId), caller);
  tell(applied, basename(file));
  return applied.state === 'applied' ? 0 : 1;
}

function tell(
  { kindName, stateName, rows, counts, ignored, problem }: ReturnType<typeof presentImport>,
  file: string,
): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
  console.log(`${file}（${kindName}）：${stateName}，${rows} 行`);
  if (problem) console.log(`  ${problem.title}${problem.words.map((words) => `\n  ${words}`).join('')}`);
  if (!counts) return;
  const parts = Object.entries(rosterStandings).map(
    ([standing, name]) => `${name} ${counts[standing as keyof typeof rosterStandings]}`,
  );
  console.log(`  ${parts.join('，')}，文件里没有 ${counts.missing}`);
  if (ignored.length > 0) console.log(`  没有导入的列：${ignored.join('、')}`);
}

const { dataDir, databaseUrl, ...config } = readConfig(process.env);
const database = await connectDatabase({ url: databaseUrl, entities, vault: openVault(config), writers: 4 }).catch(
  endOnFault,
);
try {
  process.exitCode = await importFile(database, dataDir, wantedOf(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Refused) && !(error instanceof Problem)) throw error;
  console.error(error instanceof Problem ? error.title : error.message);
  process.exitCode = 1;
} finally {
  await database.close();
}
