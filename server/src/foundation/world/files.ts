import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';

/** Where pictures and voice notes are kept: a folder of this machine, or any S3-compatible service. */
export type FilesConfig =
  | { readonly kind: 'local'; readonly folder: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly region: string;
      /** Address of a service that is not Amazon's (MinIO, OSS, COS …). */
      readonly endpoint?: string | null;
      /** Bucket in the path instead of in the host name, as MinIO wants it. */
      readonly pathStyle?: boolean;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/** The storage seam. Keys are relative paths in ASCII with `/` between the parts. */
export interface Files {
  put(key: string, contents: Uint8Array, type: string): Promise<void>;
  /** The whole file in memory: for small things only. Throws when it is missing. */
  read(key: string): Promise<Buffer>;
  /** Throws here, not later in the stream, when the file is missing. */
  stream(key: string): Promise<Readable>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** All keys under a folder, at any depth. */
  list(folder: string): AsyncIterable<string>;
}

/** Opens the storage. Nothing is created or called before the first use. */
export async function createFiles(config: FilesConfig): Promise<Files> {
  const disk = config.kind === 's3' ? await openS3(config) : openFolder(config.folder);
  return {
    put:
      config.kind === 's3'
        ? (key, contents, contentType) => disk.put(key, contents, { contentType })
        : (key, contents) => putWhole(disk, config.folder, key, contents),
    read: async (key) => buffer(await disk.getStream(key)),
    stream: (key) => openStream(disk, key, config.kind),
    remove: (key) => disk.delete(key),
    exists: (key) => disk.exists(key),
    list: (folder) => keysUnder(disk, folder),
  };
}

const openFolder = (location: string): Disk => new Disk(new FSDriver({ location, visibility: 'private' }));

async function openS3(config: Extract<FilesConfig, { kind: 's3' }>): Promise<Disk> {
  // The AWS SDK costs start time and memory: loaded only where it is chosen.
  const { S3Driver } = await import('flydrive/drivers/s3');
  const { bucket, region, endpoint, accessKeyId, secretAccessKey } = config;
  const driver = new S3Driver({
    bucket,
    region,
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: config.pathStyle ?? false,
    credentials: { accessKeyId, secretAccessKey },
    visibility: 'private',
    // S3-compatible services often know neither ACLs nor the SDK's newer checksum trailers.
    supportsACL: false,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return new Disk(driver);
}

/** Beside its place first, then renamed: whoever reads meanwhile finds the whole file or none, as S3 has it. */
async function putWhole(disk: Disk, folder: string, key: string, contents: Uint8Array): Promise<void> {
  const part = `${key}.${randomBytes(6).toString('hex')}.part`;
  await disk.put(part, contents);
  await rename(join(folder, part), join(folder, key));
}

async function openStream(disk: Disk, key: string, kind: FilesConfig['kind']): Promise<Readable> {
  const stream = await disk.getStream(key);
  // A stream of a local file finds out that the file is missing only after it was handed out.
  if (kind === 'local') await once(stream, 'open');
  return stream;
}

async function* keysUnder(disk: Disk, folder: string): AsyncGenerator<string> {
  let paginationToken: string | undefined;
  do {
    const page = await disk.listAll(folder, { recursive: true, ...(paginationToken ? { paginationToken } : {}) });
    for (const entry of page.objects) {
      if (entry.isFile && entry.key.startsWith(`${folder}/`)) yield entry.key;
    }
    paginationToken = page.paginationToken;
  } while (paginationToken !== undefined);
}
