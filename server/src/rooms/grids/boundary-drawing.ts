import type { GridNode } from '../../foundation/reference/tree';
import type { Drawing } from '../../foundation/rosters/roster';
import { middleOf, type Box, type Rings, type Shape } from './polygon-area';

/** A grid with the boundary that it would have. */
export interface Drawn {
  readonly grid: GridNode;
  readonly shape: Shape;
}

/** Of every picture: what lies around the boundary fills it. */
const [width, height] = [1_000, 640];
/** Of that, what the boundary itself fills at most. */
const filled = 0.76;
const mostNeighbours = 8;
/** Corners of one shape: enough for a picture as wide as a hand. */
const mostCorners = 150;

interface Shapes {
  readonly before: Shape | null;
  readonly after: Shape;
  readonly above: Drawn | null;
  readonly beside: readonly Drawn[];
}

/** 边界的草图: the new one over the old, its neighbours and the one above it, as numbers from the upper left corner. */
export function drawBoundary({ before, after, above, beside }: Shapes): Drawing {
  const frame = framing([after, ...(before ? [before] : [])].map(({ box }) => box));
  const drawn = (kind: Drawing['shapes'][number]['kind'], name: string, { rings }: Shape) => ({
    ...{ kind, name, rings: rings.map((ring) => cornersOf(ring, frame)).filter((corners) => corners.length >= 6) },
  });
  return {
    ...{ width, height },
    shapes: [
      ...(above ? [drawn('above', above.grid.name, above.shape)] : []),
      ...beside.slice(0, mostNeighbours).map(({ grid, shape }) => drawn('beside', grid.name, shape)),
      ...(before ? [drawn('before', '原来的边界', before)] : []),
      drawn('after', '新的边界', after),
    ].filter(({ rings }) => rings.length > 0),
  };
}

/** The middle of the picture, and how many of its numbers a degree is. */
interface Frame {
  readonly lng: number;
  readonly lat: number;
  readonly perLng: number;
  readonly perLat: number;
}

function framing(boxes: readonly Box[]): Frame {
  const box: Box = {
    west: Math.min(...boxes.map(({ west }) => west)),
    east: Math.max(...boxes.map(({ east }) => east)),
    south: Math.min(...boxes.map(({ south }) => south)),
    north: Math.max(...boxes.map(({ north }) => north)),
  };
  const { lng, lat } = middleOf(box);
  // A degree of longitude is the shorter the further north.
  const narrower = Math.cos((lat * Math.PI) / 180);
  const [across, down] = [(box.east - box.west) * narrower, box.north - box.south];
  const perLat = filled * Math.min(width / across, height / down);
  return { lng, lat, perLat, perLng: perLat * narrower };
}

/** Whole numbers; corners that fall together, and more than an eye can tell apart, are left out. */
function cornersOf(ring: Rings[number], frame: Frame): number[] {
  const corners = ring.map(([lng = NaN, lat = NaN]) => [
    Math.round(width / 2 + (lng - frame.lng) * frame.perLng),
    Math.round(height / 2 + (frame.lat - lat) * frame.perLat),
  ]);
  const apart = corners.filter((corner, index) => index === 0 || corner.join() !== corners[index - 1]?.join());
  const every = Math.ceil(apart.length / mostCorners);
  return apart.filter((_, index) => index % every === 0).flat();
}
