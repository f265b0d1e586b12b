import { sheetType } from '@sandan/shared/endpoint';
import type { FileAnswer } from '../http/implement';
import type { Documents } from './documents';
import type { Paper } from './paper';
import type { Posters } from './poster';

const types = { pdf: 'application/pdf', xlsx: sheetType } as const;

/** Makes the paper and sends it. `fileName`: as it is to be kept. Throws `paper.busy`, `paper.failed`. */
export async function answerWith(
  documents: Documents,
  format: keyof typeof types,
  { paper, fileName }: { paper: Paper; fileName: string },
): Promise<FileAnswer> {
  return sent(format, await documents.make(format, paper), fileName);
}

/** The same for what is hung up. */
export const answerWithPosters = async (
  documents: Documents,
  { posters, fileName }: { posters: Posters; fileName: string },
): Promise<FileAnswer> => sent('pdf', await documents.makePosters(posters), fileName);

const sent = (format: keyof typeof types, stream: Buffer, fileName: string): FileAnswer => ({
  ...{ type: types[format], stream, bytes: stream.length, headers: headersFor(fileName) },
});

/** RFC 5987: the name in Chinese, and a plain one for whoever cannot read it. Not kept by anybody on the way. */
const headersFor = (fileName: string): Record<string, string> => ({
  'Content-Disposition': `attachment; filename="paper.${fileName.split('.').at(-1)}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});
