import { changeNames, tierNames, type Datum, type OrderedChange, type Rank } from '@sandan/shared/trees/tree.words';
import type { ReplyFrom, SentTo } from '../../../lib/endpoints';

export type NodePage = ReplyFrom<'trees.node'>;
export type Asked = SentTo<'trees.change'>['body']['change'];
/** Those that have a form of their own. */
export type Changing = Exclude<OrderedChange, 'add'>;

export interface ChangeDraft {
  readonly text: string;
  readonly nodeId: string | null;
  readonly rank: Rank | null;
  readonly datum: Datum | null;
  readonly reason: string;
  readonly effectiveOn: string;
}
export const emptyChange: ChangeDraft = {
  text: '',
  nodeId: null,
  rank: null,
  datum: null,
  reason: '',
  effectiveOn: '',
};

/** The tier of what a grid can be hung under, or merged into. */
export function tierOfTarget({ tree, tierName }: NodePage, kind: Changing): string | undefined {
  if (kind === 'tie' || kind === 'untie' || tree === 'party') return undefined;
  if (kind !== 'move') return tierName;
  const tiers = Object.values(tierNames) as string[];
  return tiers[tiers.indexOf(tierName) - 1];
}

/** What stands in a file of a boundary: a polygon, or a feature that holds one. Null for anything else. */
function polygonIn(text: string): unknown {
  try {
    const given = JSON.parse(text) as { type?: string; geometry?: unknown; features?: { geometry?: unknown }[] };
    if (given.type === 'Feature') return given.geometry ?? null;
    if (given.type === 'FeatureCollection')
      return given.features?.length === 1 ? (given.features[0]?.geometry ?? null) : null;
    return given.type === 'Polygon' ? given : null;
  } catch {
    return null;
  }
}

/** As the server wants it; null while something is missing. */
export function askedOf(kind: Changing, { text, nodeId, rank, datum }: ChangeDraft): Asked | null {
  const words = text.trim();
  switch (kind) {
    case 'rename':
      return words === '' ? null : { kind, name: words };
    case 'recode':
      return words === '' ? null : { kind, code: words };
    case 'phone':
      return { kind, dutyPhone: words === '' ? null : words };
    case 'rank':
      return rank === null ? null : { kind, rank };
    case 'move':
      return nodeId === null ? null : { kind, parentId: nodeId };
    case 'merge':
      return nodeId === null ? null : { kind, intoId: nodeId };
    case 'close':
      return { kind, successorId: nodeId };
    case 'tie':
    case 'untie':
      return nodeId === null ? null : { kind, gridId: nodeId };
    case 'boundary': {
      const polygon = polygonIn(words);
      return polygon === null || datum === null ? null : ({ kind, boundary: polygon, datum } as Asked);
    }
  }
}

export const changeTitle = (kind: Changing, name: string): string => `${name}：${changeNames[kind]}`;
