import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { RosterKind } from '@sandan/shared/people/roster.words';
import { clientOf, type Client } from '../test/client';
import { csvOf, upload, type Cells } from '../test/roster-files';
import { reached } from './import-reached';
import { peakMemory } from './processes';
import { judge, rounded, say } from './report';
import type { Bench } from './stage';

const villages = 176;
const groupsOfVillage = 16;
/** Corners of a surveyed border. */
const corners = 200;
/** The width of a group in degrees, about 400 m. */
const width = 0.004;

/**
 * 网格和边界 of a county: 3,000 grids by a sheet, then a boundary of 200 corners for each by a map, checked and applied over
 * HTTP. Meanwhile the monitor asks whether it is alive, again and again: how long that waits nobody is served.
 */
export async function measureBoundaries({ server, town, database }: Bench): Promise<void> {
  const client = clientOf(server.url, town.people.admin.token);
  const [top] = await database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [town.townId]);
  const rows = gridsBelow(top?.code ?? '');
  const take = (kind: RosterKind, file: string, expected: Record<string, number>) =>
    takeIn(server.url, client, { kind, file: Buffer.from(file), gridId: town.countyId }, expected);
  const named = await take('grids', csvOf(rows), { added: rows.length });
  judge(
    'roster of 3,000 grids, check and apply (s)',
    named.check + named.apply,
    '< 30',
    named.check + named.apply < 30,
  );
  const drawn = await take('boundaries', mapOf(rows), { changed: rows.length });
  judge('3,000 boundaries, check (s)', drawn.check, '< 60', drawn.check < 60);
  judge('3,000 boundaries, apply (s)', drawn.apply, '< 30', drawn.apply < 30);
  judge('3,000 boundaries, longest wait of another request (ms)', drawn.longest, '< 1000', drawn.longest < 1000);
  const web = peakMemory(server.pid) ?? 0;
  judge('3,000 boundaries, peak RSS of the web process (MB)', web, '< 400', web > 0 && web < 400);
}

function gridsBelow(above: string): Cells[] {
  return Array.from({ length: villages }, (_, village): Cells[] => {
    const code = `${above.slice(0, 6)}${String(500_000 + village)}`;
    const groups = Array.from({ length: groupsOfVillage }, (__, group) => ({
      ...{ 层级: '小组', 名称: `第${group + 1}组`, 上级编码: code },
      编码: `${code}${String(group + 1).padStart(3, '0')}`,
    }));
    return [{ 层级: '村', 名称: `第${village + 1}村`, 编码: code, 上级编码: above }, ...groups];
  }).flat();
}

/** Each group between winding borders that it has in common with its neighbours; a village is the strip of its groups. */
function mapOf(rows: readonly Cells[]): string {
  let [village, group] = [-1, 0];
  const features = rows.map(({ 层级: tier, 编码: code }) => {
    if (tier === '村') [village, group] = [village + 1, 0];
    const from = tier === '村' ? 0 : group;
    const to = tier === '村' ? groupsOfVillage : (group += 1);
    const ring = ringOf(from, to, village);
    return {
      ...{ type: 'Feature', properties: { 网格编码: code } },
      geometry: { type: 'Polygon', coordinates: [ring] },
    };
  });
  return JSON.stringify({ type: 'FeatureCollection', features });
}

function ringOf(from: number, to: number, village: number): number[][] {
  const side = corners / 4;
  // None at the corners, where four borders meet.
  const swing = (step: number): number =>
    (width / 10) * Math.sin((10 * Math.PI * step) / side) * Math.sin((Math.PI * step) / side) ** 2;
  const upward = (column: number): number[][] =>
    Array.from({ length: side }, (_, step) => [
      115 + column * width + swing(step),
      31 + (village + step / side) * width,
    ]);
  const eastward = (row: number): number[][] =>
    Array.from({ length: side }, (_, step) => [
      115 + (from + ((to - from) * step) / side) * width,
      31 + row * width + swing(step) / 2,
    ]);
  const end = (column: number, row: number): number[] => [115 + column * width, 31 + row * width];
  const [west, east] = [[...upward(from), end(from, village + 1)], upward(to)];
  const top = [...eastward(village + 1), end(to, village + 1)];
  const ring = [...eastward(village), ...east, ...top.reverse().slice(0, -1), ...west.reverse()];
  return ring.map(([lng = NaN, lat = NaN]) => [Number(lng.toFixed(7)), Number(lat.toFixed(7))]);
}

interface Taken {
  /** Seconds. */
  readonly check: number;
  readonly apply: number;
  /** Milliseconds. */
  readonly longest: number;
}

interface Given {
  readonly kind: RosterKind;
  readonly file: Buffer;
  readonly gridId: string;
}

async function takeIn(
  url: string,
  client: Client,
  { kind, file, gridId }: Given,
  expected: Record<string, number>,
): Promise<Taken> {
  const others = askMeanwhile(url);
  const { check, apply, rows } = await inTwoSteps(client, { kind, file, gridId }, expected).finally(others.stop);
  const longest = await others.stop();
  const times = `check ${rounded(check, 1)} s, apply ${rounded(apply, 1)} s, longest wait of others ${rounded(longest)} ms`;
  say(`  ${kind}, ${rows} rows: ${times}`);
  return { check, apply, longest };
}

async function inTwoSteps(
  client: Client,
  { kind, file, gridId }: Given,
  expected: Record<string, number>,
): Promise<{ check: number; apply: number; rows: number }> {
  const checking = performance.now();
  const named = kind === 'boundaries' ? { fileName: '边界.geojson', datum: 'cgcs2000' } : { fileName: '网格.csv' };
  const { data, problem } = await upload(client, file, { kind, gridId, ...named });
  if (!data) throw new Error(`the upload was refused: ${problem?.code}`);
  const { id, rows, counts } = await reached(client, data.id, 'ready');
  const check = (performance.now() - checking) / 1000;
  for (const [standing, count] of Object.entries(expected))
    if (counts?.[standing as 'added'] !== count) throw new Error(`not as expected: ${JSON.stringify(counts)}`);
  const applying = performance.now();
  const pressed = await client.call('rosters.apply', { params: { importId: id }, body: { actionId: ulid() } });
  if (pressed.problem) throw new Error(`it was not applied: ${pressed.problem.code}`);
  await reached(client, id, 'applied');
  return { check, apply: (performance.now() - applying) / 1000, rows: rows ?? 0 };
}

/** One request after the other; the longest, in milliseconds. */
function askMeanwhile(url: string): { stop: () => Promise<number> } {
  let [longest, isOn] = [0, true];
  const asking = (async () => {
    while (isOn) {
      const begun = performance.now();
      await (await fetch(`${url}/health/live`)).text();
      longest = Math.max(longest, performance.now() - begun);
      await pause(20);
    }
  })();
  return {
    stop: async () => {
      isOn = false;
      await asking;
      return longest;
    },
  };
}
