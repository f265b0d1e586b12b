import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What people's WeChat keeps when the demo is stopped: who was in the app, and what each has agreed to. */
export interface Kept {
  readonly visits: Map<string, { at: number; nickname: string | null }>;
  readonly credits: Map<string, number>;
}

/** Fills in what the file holds, and returns what writes it anew whenever something has changed. Without a file: nothing. */
export function keepIn(file: string | undefined, { visits, credits }: Kept): () => void {
  if (file === undefined) return () => undefined;
  let written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (written !== '') {
    const kept = JSON.parse(written) as { visits: [string, never][]; credits: [string, number][] };
    kept.visits.forEach(([openid, visit]) => visits.set(openid, visit));
    kept.credits.forEach(([key, left]) => credits.set(key, left));
  }
  return () => {
    const now = JSON.stringify({ visits: [...visits], credits: [...credits] });
    if (now === written) return;
    writeFileSync(`${file}.new`, now, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = now;
  };
}
