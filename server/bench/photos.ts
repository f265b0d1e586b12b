import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { ulid } from 'ulid';
import { closedLoop } from './load';
import { peakMemory } from './processes';
import { judge, measured } from './report';
import type { Bench } from './stage';

const uploads = Number(process.env['BENCH_PHOTOS'] ?? 40);

/** Photos of 12 megapixels, as a phone takes them, four at a time: what the web process and its photo child stand at. */
export async function measurePhotos({ town, api, server, spenders }: Bench): Promise<void> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
  const photo = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#000000', noise } })
    .blur(1.5)
    .jpeg({ quality: 85 })
    .toBuffer();
  const members = await town.moreMembers(uploads);
  await measured(`photo of 12 megapixels (${(photo.length / 1e6).toFixed(1)} MB) over HTTP`, spenders, () =>
    closedLoop(
      4,
      uploads,
      async (piece) => (await api.upload(`/api/photos/${ulid()}`, members[piece]?.token ?? '', photo)) === 200,
    ),
  );
  const child = photoChildOf(server.pid);
  const peak = child === null ? null : peakMemory(child);
  if (peak !== null) judge('RSS of the photo child (MB)', peak, '< 400', peak < 400);
}

/** By /proc: the child of the server that runs the photo worker; null where the system does not tell. */
function photoChildOf(server: number): number | null {
  try {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const isChild = (pid: string): boolean => {
      const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
      return (
        Number(rest.split(' ')[1]) === server && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('photo-worker')
      );
    };
    return Number(pids.find((pid) => tried(() => isChild(pid)))) || null;
  } catch {
    return null; // not Linux: the figure is left out of the table
  }
}

/** A process may end between being listed and being looked at. */
function tried(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    return false;
  }
}
