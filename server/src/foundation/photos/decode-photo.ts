import { fileTypeFromFile } from 'file-type';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { Problem } from '@sandan/shared/problems';

/** What one uploaded photo became: upright, without metadata, two sizes, both JPEG. */
export interface DecodedPhoto {
  /** At most 1600 px on the longer side. */
  readonly full: Buffer;
  /** At most 320 px on the longer side. */
  readonly thumb: Buffer;
  /** Pixels of `full`. */
  readonly width: number;
  readonly height: number;
  /** 64-bit difference hash as a decimal string. */
  readonly likeness: string;
}

const fullSide = 1600;
const thumbSide = 320;
const maxPixels = 50_000_000;
/** Unpacked; two such pictures at once keep the worker under 400 MB. */
const maxWholeBytes = 96 * 1024 * 1024;
const accepted = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Settings of libvips for a process that decodes strangers' files; called once, by the worker. */
export function prepareSharp(): void {
  sharp.cache(false);
  sharp.concurrency(1);
  // Nothing but the three accepted formats can be loaded, whatever a file pretends to be.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegFile',
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngFile',
      'VipsForeignLoadWebpFile',
    ],
  });
}

/**
 * Decodes the photo in this file (decisions.md §4.2–4.3). Runs in the photo worker only: it takes much memory, and
 * a poisoned file may end the process.
 *
 * Throws `photo.not-a-photo`, `photo.heic`, `photo.too-many-pixels`, `photo.broken`.
 */
export async function decodePhoto(path: string): Promise<DecodedPhoto> {
  await refuseByType(path);
  try {
    await refuseByPixels(path);
    // Real phones write JPEGs with harmless warnings: refuse what is damaged, not what is untidy.
    const source = sharp(path, { limitInputPixels: maxPixels, failOn: 'error' });
    const { data: full, info } = await jpeg(source.autoOrient(), fullSide, 80).toBuffer({ resolveWithObject: true });
    return {
      full,
      thumb: await jpeg(sharp(full), thumbSide, 75).toBuffer(),
      width: info.width,
      height: info.height,
      likeness: await differenceHash(full),
    };
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('photo.broken', { cause: error });
  }
}

async function refuseByType(path: string): Promise<void> {
  const type = await fileTypeFromFile(path);
  // The prebuilt libvips reads no HEIC, what iPhones take: say how to help oneself.
  if (type?.ext === 'heic') throw new Problem('photo.heic');
  if (type === undefined || !accepted.has(type.mime)) throw new Problem('photo.not-a-photo');
}

/** From the header alone, before any pixel is unpacked. */
async function refuseByPixels(path: string): Promise<void> {
  const header = await sharp(path, { limitInputPixels: false, failOn: 'error' }).metadata();
  const pixels = header.width * header.height;
  if (pixels > maxPixels || wholeBytes(header) > maxWholeBytes) throw new Problem('photo.too-many-pixels');
}

/**
 * Bytes of a picture that cannot stream through but stands in memory whole: progressive JPEG, two bytes a sample until its
 * last pass, and interlaced PNG. No camera makes them this large.
 */
function wholeBytes({ isProgressive, format, depth, width, height, channels }: Metadata): number {
  if (!isProgressive) return 0;
  const bytesPerSample = format === 'jpeg' || depth === 'ushort' ? 2 : 1;
  return width * height * channels * bytesPerSample;
}

/** sharp writes no metadata unless it is asked to: place, time and phone of the picture stay behind. */
const jpeg = (source: Sharp, side: number, quality: number): Sharp =>
  source
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ mozjpeg: true, quality });

/**
 * dHash: shrink to 9 × 8 grey points; each bit says whether a point is darker than its right neighbour. It stays
 * nearly the same when a picture is resized or compressed again.
 */
async function differenceHash(picture: Buffer): Promise<string> {
  const points = await sharp(picture).greyscale().resize(9, 8, { fit: 'fill' }).raw().toBuffer();
  let hash = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      hash = (hash << 1n) | BigInt(points.readUInt8(at) < points.readUInt8(at + 1) ? 1 : 0);
    }
  }
  return hash.toString();
}
