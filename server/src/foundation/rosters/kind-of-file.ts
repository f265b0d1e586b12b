import type { RosterKind } from '@sandan/shared/people/roster.words';
import { fitOf, headWithin } from './head';
import type { RawRow } from './reading/raw-row';
import { openRosterFile } from './reading/roster-file';
import type { AnyRoster } from './roster';

/** By its head: the roster that has all it needs there, and the most of it. Null: none. */
export async function kindOfFile(path: string, rosters: readonly AnyRoster[]): Promise<RosterKind | null> {
  const file = await openRosterFile(path);
  try {
    let first: RawRow[] = [];
    for await (const rows of file.rows()) {
      first = [...first, ...rows];
      if (first.length >= headWithin) break;
    }
    const fits = rosters
      .map(({ kind, columns }) => ({ kind, fit: fitOf(first, columns) }))
      .filter(({ fit }) => fit > 0)
      .sort((a, b) => b.fit - a.fit);
    return fits[0]?.kind ?? null;
  } finally {
    await file.close();
  }
}
