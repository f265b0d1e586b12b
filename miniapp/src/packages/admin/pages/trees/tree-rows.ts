import type { ReplyFrom } from '../../../../lib/endpoints';

export type OutlineNode = ReplyFrom<'trees.outline'>['nodes'][number];

export interface TreeRow {
  readonly node: OutlineNode;
  readonly depth: number;
  readonly children: number;
  readonly open: boolean;
}

/**
 * The rows in sight: the tops and what is opened below them; the first two levels stand open by themselves. With words
 * to look for it is a plain list of what fits.
 */
export function rowsOf(nodes: readonly OutlineNode[], toggled: ReadonlySet<string>, words: string): TreeRow[] {
  const known = new Set(nodes.map(({ id }) => id));
  const below = new Map<string | null, OutlineNode[]>();
  for (const node of nodes) {
    const parent = node.parentId !== null && known.has(node.parentId) ? node.parentId : null;
    below.set(parent, [...(below.get(parent) ?? []), node]);
  }
  const countOf = (id: string) => below.get(id)?.length ?? 0;
  if (words !== '') {
    return nodes
      .filter(({ name, code }) => name.includes(words) || (code ?? '').startsWith(words))
      .map((node) => ({ node, depth: 0, children: 0, open: false }));
  }
  const walk = (parent: string | null, depth: number): TreeRow[] =>
    (below.get(parent) ?? []).flatMap((node) => {
      // Above the villages a tree that is shut says nothing.
      const open = depth < 2 !== toggled.has(node.id);
      return [{ node, depth, children: countOf(node.id), open }, ...(open ? walk(node.id, depth + 1) : [])];
    });
  return walk(null, 0);
}
