import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { Problem } from '@sandan/shared/problems';
import { readingLimits } from './raw-row';

export interface WorkbookArchive {
  has(name: string): boolean;
  /** Unpacked piece by piece. Throws `roster.too-large` as soon as more comes out than may, `sheet.broken`. */
  pieces(name: string): AsyncGenerator<Buffer, void>;
  close(): void;
}

const openFile = promisify<string, yauzl.Options, ZipFile>(yauzl.open);

/** The archive that an .xlsx file is. Throws `sheet.broken`, `sheet.macros`, `sheet.old-format` for a locked one. */
export async function openArchive(path: string): Promise<WorkbookArchive> {
  const zip = await openFile(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(
    (error: unknown) => {
      throw new Problem('sheet.broken', { cause: error });
    },
  );
  const entries = await listEntries(zip);
  if ([...entries.keys()].some((name) => /vbaproject\.bin$/i.test(name))) throw new Problem('sheet.macros');
  let left: number = readingLimits.unpackedBytes;

  async function* pieces(name: string): AsyncGenerator<Buffer, void> {
    const entry = entries.get(name);
    if (!entry) throw new Problem('sheet.broken', { cause: `no ${name}` });
    if ((entry.generalPurposeBitFlag & 1) === 1) throw new Problem('sheet.old-format');
    let unpacked = 0;
    try {
      for await (const piece of (await openEntry(zip, entry)) as AsyncIterable<Buffer>) {
        unpacked += piece.length;
        left -= piece.length;
        const isBomb = unpacked > readingLimits.ratioFrom && unpacked > entry.compressedSize * readingLimits.ratio;
        if (left < 0 || isBomb) throw new Problem('roster.too-large');
        yield piece;
      }
    } catch (error) {
      throw error instanceof Problem ? error : new Problem('sheet.broken', { cause: error });
    }
  }
  return { has: (name) => entries.has(name), pieces, close: () => zip.close() };
}

const openEntry = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    const refuse = (error: unknown) => {
      zip.close();
      reject(error instanceof Problem ? error : new Problem('sheet.broken', { cause: error }));
    };
    zip.on('entry', (entry: Entry) => {
      if (entries.size >= readingLimits.entries) return refuse(new Problem('roster.too-large'));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', refuse);
    zip.readEntry();
  });
}
