/**
 * What music-metadata does not tell about an M4A file: how many frames it really holds, and where its private notes
 * are (an iPhone writes the place of the recording into them). ISO 14496-12: a box is size (4), type (4), contents.
 */
interface Box {
  readonly type: string;
  /** Of the box itself, header included. */
  readonly at: number;
  readonly contents: number;
  readonly end: number;
}

const headerBytes = 8;

/** The boxes between two places, one after the other. Throws when they do not fit exactly: cut off or damaged. */
function* boxesIn(file: Buffer, from: number, to: number): Generator<Box> {
  let at = from;
  while (at < to) {
    if (at + headerBytes > to) throw new RangeError('half a box');
    const type = file.toString('latin1', at + 4, at + 8);
    const size = file.readUInt32BE(at);
    // 1: the size follows in 8 bytes; 0: until the end. Neither is needed in 2 MB, but both are allowed.
    const isLong = size === 1 && at + 2 * headerBytes <= to;
    const contents = at + (isLong ? 2 * headerBytes : headerBytes);
    const end = size === 0 ? to : at + (isLong ? Number(file.readBigUInt64BE(at + 8)) : size);
    if (end < contents || end > to) throw new RangeError(`box ${type} does not fit`);
    yield { type, at, contents, end };
    at = end;
  }
}

/** All boxes at these paths, e.g. `moov/trak/mdia`. */
function* boxesAt(file: Buffer, path: string, from = 0, to = file.length): Generator<Box> {
  const [wanted, ...rest] = path.split('/');
  for (const box of boxesIn(file, from, to)) {
    if (box.type !== wanted) continue;
    if (rest.length === 0) yield box;
    else yield* boxesAt(file, rest.join('/'), box.contents, box.end);
  }
}

/** Frames by the sample tables, whole (`stsz`) or in fragments (`trun`); bytes as far as `stsz` names them. */
export function countM4aFrames(file: Buffer): { frames: number; bytes: number } {
  let frames = 0;
  let bytes = 0;
  for (const { contents, end } of boxesAt(file, 'moov/trak/mdia/minf/stbl/stsz')) {
    const eachBytes = file.readUInt32BE(contents + 4);
    const count = file.readUInt32BE(contents + 8);
    frames += count;
    bytes += eachBytes > 0 ? eachBytes * count : sumOf32(file, contents + 12, Math.min(end, contents + 12 + count * 4));
  }
  for (const { contents } of boxesAt(file, 'moof/traf/trun')) frames += file.readUInt32BE(contents + 4);
  return { frames, bytes };
}

function sumOf32(file: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at + 4 <= to; at += 4) sum += file.readUInt32BE(at);
  return sum;
}

const containers = ['', 'moov/', 'moov/trak/'];
const notes = ['udta', 'meta', 'uuid'];

/** A copy without place, device and other notes. They become empty space, so that every offset stays right. */
export function withoutNotes(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  const found = containers.flatMap((container) => notes.flatMap((note) => [...boxesAt(file, container + note)]));
  for (const { at, contents, end } of found) {
    copy.write('free', at + 4, 'latin1');
    copy.fill(0, contents, end);
  }
  return copy;
}
