interface Item {
  readonly id: string;
}
interface Page<T extends Item> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}
interface Paged<T extends Item> {
  readonly pages: readonly Page<T>[];
}

/** The rows of as many pages as the screen shows, as they are now. */
export interface RowsNow<T extends Item> {
  readonly rows: readonly T[];
  /** Nothing comes after them. */
  readonly isWhole: boolean;
}

/** The rows as they are now, each in the place where it stands on the screen: nothing moves under the reader's finger. */
export function mergedPages<T extends Item, P extends Paged<T>>(shown: P, now: readonly T[]): P {
  const fresh = new Map(now.map((item) => [item.id, item]));
  const pages = shown.pages.map((page) => ({ ...page, items: page.items.map((item) => fresh.get(item.id) ?? item) }));
  return { ...shown, pages };
}

/** How many are among or before the rows shown that the screen does not show? What moved up from below is no news. */
export function newsIn<T extends Item>(shown: readonly Item[], { rows, isWhole }: RowsNow<T>): number {
  const known = new Set(shown.map(({ id }) => id));
  const lastKnown = rows.map(({ id }) => known.has(id)).lastIndexOf(true);
  const reach = isWhole ? rows : rows.slice(0, lastKnown + 1);
  return reach.filter(({ id }) => !known.has(id)).length;
}

/** Which of the rows shown are there no more. Where more come after, they may only have moved down. */
export function goneFrom<T extends Item>(shown: readonly Item[], { rows, isWhole }: RowsNow<T>): ReadonlySet<string> {
  const there = new Set(rows.map(({ id }) => id));
  return new Set(isWhole ? shown.map(({ id }) => id).filter((id) => !there.has(id)) : []);
}
