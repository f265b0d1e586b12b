import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupsIn, copyOf, namesIn } from './manifest';

const day = 86_400_000;
/** Whoever has not made one for long keeps his last ones, however old they are. */
const fewest = 3;

export interface Pruning {
  folder: string;
  keepDays: number;
  now: Date;
  say: (line: string) => void;
}

/**
 * 备份只留若干天: what was erased stays in older backups, under seal, until they go. Backups beyond their days go, but for
 * the last three; then the copies of files that no backup names any more. Call it while no other backup is being made.
 * Returns of when the oldest is that stays; null where there is none.
 */
export async function pruneBackups({ folder, keepDays, now, say }: Pruning): Promise<Date | null> {
  const all = await backupsIn(folder);
  const oldest = now.getTime() - keepDays * day;
  const old = all.slice(0, Math.max(0, all.length - fewest)).filter(({ at }) => at.getTime() < oldest);
  for (const { name } of old) await rm(join(folder, name), { recursive: true, force: true });
  if (old.length > 0) say(`清理了 ${keepDays} 天以前的备份：${old.length} 份`);
  await removeCutOff(folder);

  const kept = all.filter((backup) => !old.includes(backup));
  const oldestKept = kept[0]?.at ?? null;
  const unread = kept.filter(({ manifest }) => manifest === null);
  if (unread.length > 0) {
    say(`这些备份不完整，没有清理照片副本，请检查后删除：${unread.map(({ name }) => name).join('、')}`);
    return oldestKept;
  }
  const gone = await removeUnnamed(folder, new Set(kept.flatMap(({ manifest }) => manifest?.files ?? [])));
  if (gone > 0) say(`清理了没有备份再用的照片和录音副本：${gone} 个`);
  return oldestKept;
}

async function removeUnnamed(folder: string, named: ReadonlySet<string>): Promise<number> {
  const copies = (await namesIn(join(folder, 'files'), true)).filter((name) => name.endsWith('.sealed'));
  const unnamed = copies.map((name) => name.replace(/\.sealed$/, '')).filter((key) => !named.has(key));
  for (const key of unnamed) await rm(copyOf(folder, key), { force: true });
  return unnamed.length;
}

/** Left by a backup that was killed; today's may belong to one into the same folder from another machine. */
async function removeCutOff(folder: string): Promise<void> {
  for (const name of (await namesIn(folder)).filter((each) => each.endsWith('Z.new'))) {
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs > day) await rm(path, { recursive: true, force: true });
  }
}
