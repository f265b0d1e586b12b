import type { Caller } from '../../foundation/access/caller';
import type { NodeRef } from '../../foundation/access/nodes';
import type { Reading } from '../../foundation/database/connect';
import { boxOf, liesWithin, takeBoundary, type Boundary } from './boundary';
import type { Asked } from './change-grid';
import { gridRow, hangingOnGrid, hangingOnOrganization, organizationRow } from './tree-rows.queries';

interface Preview {
  follows: string[];
  warnings: string[];
}

/** What a change will take along, and what should make one think again; nothing is written. */
export async function previewChange(db: Reading, caller: Caller, node: NodeRef, asked: Asked): Promise<Preview> {
  if (asked.kind === 'boundary') return { follows: [], warnings: await boundaryWarnings(db, node.nodeId, asked) };
  if (asked.kind !== 'move' && asked.kind !== 'merge' && asked.kind !== 'close') return { follows: [], warnings: [] };
  return node.tree === 'grid' ? gridPreview(db, caller, node.nodeId, asked) : partyPreview(db, caller, node.nodeId);
}

const counted = (counts: readonly (readonly [number, string])[]): string[] =>
  counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);

type Moving = Extract<Asked, { kind: 'move' | 'merge' | 'close' }>;
function targetOf(asked: Moving): string | null {
  if (asked.kind === 'move') return asked.parentId;
  return asked.kind === 'merge' ? asked.intoId : asked.successorId;
}

async function gridPreview(
  db: Reading,
  { now, reference: { tree } }: Caller,
  gridId: string,
  asked: Moving,
): Promise<Preview> {
  const grid = await gridRow(db, gridId);
  if (!grid) return { follows: [], warnings: [] };
  const hanging = await hangingOnGrid(db, grid, now);
  const follows = counted([
    [hanging.children, '个下级网格'],
    [hanging.households, '户'],
    [hanging.people, '人'],
    [hanging.posts, '个任职'],
    [hanging.openOrders, '件没办完的单子'],
  ]);
  const targetId = targetOf(asked);
  const otherTown = targetId !== null && tree.grid(targetId)?.town !== grid.townId;
  const warnings = otherTown ? ['会换到另一个镇街：镇级的设置、作息和值班电话按新的镇街算。'] : [];
  return { follows, warnings: [...warnings, '办结率等数字仍按下单当天的网格统计。'] };
}

async function partyPreview(db: Reading, { now }: Caller, organizationId: string): Promise<Preview> {
  if (!(await organizationRow(db, organizationId))) return { follows: [], warnings: [] };
  const hanging = await hangingOnOrganization(db, organizationId, now);
  return {
    follows: counted([
      [hanging.children, '个下级党组织'],
      [hanging.members, '名党员'],
      [hanging.posts, '个任职'],
      [hanging.promises, '件没兑现的承诺'],
    ]),
    warnings: [],
  };
}

async function boundaryWarnings(
  db: Reading,
  gridId: string,
  { boundary, datum }: Extract<Asked, { kind: 'boundary' }>,
): Promise<string[]> {
  if (boundary === null) return ['没有边界，定位时只能按中心点找最近的组。'];
  const grid = await gridRow(db, gridId);
  const parent = grid?.parentId ? await gridRow(db, grid.parentId) : null;
  const taken = takeBoundary(boundary as Boundary, datum);
  if (!parent?.boundary || liesWithin(boxOf(taken), boxOf(parent.boundary))) return [];
  return [`有一部分在${parent.name}的边界外面，请核对坐标系和图斑。`];
}
