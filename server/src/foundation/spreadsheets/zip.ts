import { crc32, inflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface Entry {
  readonly name: string;
  readonly content: Buffer;
}

/** Said of an archive that is damaged, encrypted, or lies about itself. */
export class BadArchive extends Error {}
/** Said of an archive that unpacks to more than it may. */
export class ArchiveTooLarge extends Error {}

export interface UnpackLimits {
  /** Files in the archive, wanted or not. */
  readonly entries: number;
  /** Of all wanted files together, unpacked. */
  readonly bytes: number;
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;

/**
 * Unpacks the wanted files of a ZIP archive, as its central directory lists them. What is declared is not believed:
 * unpacking stops at the limit, so a bomb costs no more than `limits.bytes`.
 *
 * Throws {@link BadArchive}, {@link ArchiveTooLarge}.
 */
export function unpack(file: Buffer, limits: UnpackLimits, isWanted: (name: string) => boolean): Entry[] {
  try {
    return unpackListed(file, limits, isWanted);
  } catch (error) {
    if (error instanceof BadArchive || error instanceof ArchiveTooLarge) throw error;
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new ArchiveTooLarge('bomb');
    // Offsets that lead out of the file, and streams that are none.
    throw new BadArchive('damaged', { cause: error });
  }
}

function unpackListed(file: Buffer, limits: UnpackLimits, isWanted: (name: string) => boolean): Entry[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > limits.entries) throw new ArchiveTooLarge(`${count} files`);
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  let left = limits.bytes;
  for (let index = 0; index < count; index += 1) {
    const listed = readListed(file, at);
    at = listed.next;
    if (!isWanted(listed.name)) continue;
    const content = contentOf(file, listed, left);
    left -= content.length;
    entries.push({ name: listed.name, content });
  }
  return entries;
}

function endOf(file: Buffer): number {
  const earliest = Math.max(0, file.length - endLength - longestComment);
  for (let at = file.length - endLength; at >= earliest; at -= 1) if (file.readUInt32LE(at) === endSignature) return at;
  throw new BadArchive('no central directory');
}

interface Listed {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly offset: number;
  readonly next: number;
}

function readListed(file: Buffer, at: number): Listed {
  if (file.readUInt32LE(at) !== centralSignature) throw new BadArchive('no entry where one is listed');
  const isEncrypted = (file.readUInt16LE(at + 8) & 1) === 1;
  if (isEncrypted) throw new BadArchive('encrypted');
  const nameEnd = at + 46 + file.readUInt16LE(at + 28);
  return {
    name: file.toString('utf8', at + 46, nameEnd),
    method: file.readUInt16LE(at + 10),
    packed: file.readUInt32LE(at + 20),
    unpacked: file.readUInt32LE(at + 24),
    offset: file.readUInt32LE(at + 42),
    next: nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32),
  };
}

function contentOf(file: Buffer, { method, packed, unpacked, offset }: Listed, left: number): Buffer {
  if (unpacked > left) throw new ArchiveTooLarge(`${unpacked} bytes`);
  if (file.readUInt32LE(offset) !== localSignature) throw new BadArchive('no file where one is listed');
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const data = file.subarray(start, start + packed);
  if (method === 0) return data;
  if (method !== 8) throw new BadArchive(`packed by method ${method}`);
  return left === 0 ? Buffer.alloc(0) : inflateRawSync(data, { maxOutputLength: left });
}

/** An archive of these files, stored as they are: nothing in it can unpack to more than one sees. */
export function pack(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const named = Buffer.from(name);
    const fields = fieldsOf(named, content);
    const local = Buffer.concat([word(localSignature), fields, named, content]);
    listed.push(Buffer.concat([word(centralSignature), half(20), fields, Buffer.alloc(10), word(offset), named]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(listed);
  const counts = [half(0), half(0), half(entries.length), half(entries.length)];
  const end = [word(endSignature), ...counts, word(directory.length), word(offset), half(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

/** From the version needed to the length of the extra field: the same in both headers. */
const fieldsOf = (name: Buffer, content: Buffer): Buffer =>
  Buffer.concat([
    ...[half(20), half(0x0800), half(0), half(0), half(0x21)],
    ...[word(crc32(content)), word(content.length), word(content.length), half(name.length), half(0)],
  ]);

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
