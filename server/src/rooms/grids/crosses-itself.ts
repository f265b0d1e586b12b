interface Side {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly place: number;
  readonly west: number;
  readonly east: number;
}

/** Whether two sides of a closed ring cross or touch, neighbours aside: a bow-tie has no inside. */
export function crossesItself(ring: readonly (readonly number[])[]): boolean {
  const sides = ring.slice(1).map((to, place): Side => {
    const from = ring[place] ?? [];
    const [a = NaN, b = NaN] = [from[0], to[0]];
    return { from, to, place, west: Math.min(a, b), east: Math.max(a, b) };
  });
  const fromWest = [...sides].sort((one, other) => one.west - other.west);
  // Only sides that overlap from west to east can meet: few, on a border.
  return fromWest.some((side, index) => {
    for (let next = index + 1; next < fromWest.length; next += 1) {
      const other = fromWest[next];
      if (!other || other.west > side.east) return false;
      const apart = Math.abs(side.place - other.place);
      const areNeighbours = apart <= 1 || apart === sides.length - 1;
      if (!areNeighbours && meet(side, other)) return true;
    }
    return false;
  });
}

/** On which side of the line a → b the point lies. */
const turn = (a: readonly number[], b: readonly number[], point: readonly number[]): number =>
  Math.sign(
    ((b[0] ?? NaN) - (a[0] ?? NaN)) * ((point[1] ?? NaN) - (a[1] ?? NaN)) -
      ((b[1] ?? NaN) - (a[1] ?? NaN)) * ((point[0] ?? NaN) - (a[0] ?? NaN)),
  );

const meet = (one: Side, other: Side): boolean =>
  turn(one.from, one.to, other.from) * turn(one.from, one.to, other.to) < 0 &&
  turn(other.from, other.to, one.from) * turn(other.from, other.to, one.to) < 0;
