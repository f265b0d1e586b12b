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

/** The rows as they are now, each in the place where it stands on the screen: nothing moves under the reader's finger. */
export function mergedPages<T extends Item, P extends Paged<T>>(shown: P, now: readonly T[]): P {
  const fresh = new Map(now.map((item) => [item.id, item]));
  const pages = shown.pages.map((page) => ({ ...page, items: page.items.map((item) => fresh.get(item.id) ?? item) }));
  return { ...shown, pages };
}

/** Is there something among or before the rows shown that the screen does not show? What moved up from below is no news. */
export function hasNews<T extends Item>({ pages }: Paged<T>, now: readonly T[]): boolean {
  const known = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)));
  const isWhole = pages.at(-1)?.nextCursor === null;
  const lastKnown = now.map(({ id }) => known.has(id)).lastIndexOf(true);
  const reach = isWhole ? now : now.slice(0, lastKnown + 1);
  return reach.some(({ id }) => !known.has(id));
}
