import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureBoundaries } from './boundaries';
import { measureClaims } from './claims';
import { measureCommitments } from './commitments';
import { measureGrowth } from './growth';
import { measureImport } from './import';
import { measureLists } from './lists';
import { measureLive } from './live';
import { measureLocate } from './locate';
import { measureMessages } from './messages';
import { measurePhotos } from './photos';
import { peakMemory } from './processes';
import { measurePlainKoa, measureReads } from './reads';
import { judge, printTable, verdicts } from './report';
import { measureSignIn } from './sign-in';
import { openBench } from './stage';
import { measureVisits } from './visits';

/**
 * `npm run bench`: everything in one run, so that the ratios mean something on a noisy machine (decisions.md §7).
 * Bare mysql2 replays the very statements of the server, at the same concurrency. `npm run bench -- claims` measures a
 * part alone: claims, reads, commitments (a county's year), visits (a county's households), locate (a point among 3,000
 * grids), photos, live (2,000 open sockets), sign-in, messages (to WeChat), import (a county's roster; with `--quick` a
 * tenth of it), lists (rows looked at for every list
 * of a county; `--quick` too), growth (the list at a million orders), boundaries (3,000 grids and what they look like on
 * the map).
 */
const parts = [
  'claims',
  'reads',
  'commitments',
  'visits',
  'locate',
  'photos',
  'live',
  'sign-in',
  'messages',
  'import',
  'lists',
  'growth',
  'boundaries',
] as const;
const wanted = parts.filter((part) => process.argv.includes(part));
const runs = (part: (typeof parts)[number]): boolean => wanted.length === 0 || wanted.includes(part);

const folder = mkdtempSync(join(tmpdir(), 'sandan-bench-'));
const bench = await openBench(folder);
try {
  await measurePlainKoa(import.meta.dirname);
  if (runs('claims')) await measureClaims(bench);
  if (runs('reads')) await measureReads(bench);
  if (runs('commitments')) await measureCommitments(bench);
  if (runs('visits')) await measureVisits(bench);
  if (runs('locate')) await measureLocate();
  if (runs('photos')) await measurePhotos(bench);
  if (runs('sign-in')) await measureSignIn(bench, folder);
  if (runs('messages')) await measureMessages(bench, folder);
  // Before the roster, which has a bound of its own.
  const peak = peakMemory(bench.server.pid);
  if (peak !== null) judge('RSS of the web process (MB)', peak, '< 250', peak < 250);
  if (runs('live')) await measureLive(bench, folder);
  if (runs('import')) await measureImport(bench, folder);
  if (runs('lists')) await measureLists(bench, folder);
  if (runs('growth')) await measureGrowth(bench);
  if (runs('boundaries')) await measureBoundaries(bench);
  printTable();
} finally {
  await bench.api.close();
  await bench.server.stop();
  await bench.database.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = verdicts.every(({ holds }) => holds) ? 0 : 1;
