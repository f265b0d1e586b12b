import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { WidthOf } from './line-breaks';
import type { Doc, FontName } from './pdf-page';
import type { Type } from './table-plan';

const fontFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts');
const fontFiles: Record<FontName, string> = { regular: 'NotoSansHans-Regular.otf', bold: 'NotoSansHans-Bold.otf' };
const fonts = new Map<FontName, Buffer>();

/** Read once per process: 8 MB each. Of them only the characters that are used go into the PDF. */
function fontOf(name: FontName): Buffer {
  const known = fonts.get(name) ?? readFileSync(join(fontFolder(), fontFiles[name]));
  fonts.set(name, known);
  return known;
}

/** A document with our fonts and no margin of its own; its pages stay open until its end. */
export function newDocument(title: string, page: Pick<PDFKit.PDFDocumentOptions, 'size' | 'layout'>): Doc {
  const doc = new PDFDocument({
    ...page,
    margin: 0,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: title, Creator: '三单', Producer: '三单' },
  });
  return doc.registerFont('regular', fontOf('regular')).registerFont('bold', fontOf('bold'));
}

/** The whole file, once `doc.end()` was called. */
export function bytesOf(doc: Doc): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

/** How wide characters are in the type of a size. */
export function typesIn(doc: Doc): (size: number) => Type {
  const widths = { regular: widthsOf(doc, 'regular'), bold: widthsOf(doc, 'bold') };
  return (size) => ({
    size,
    regular: (character) => widths.regular(character) * size,
    bold: (character) => widths.bold(character) * size,
  });
}

/** Width of a character at size 1; asked of the font once for each. */
function widthsOf(doc: Doc, font: FontName): WidthOf {
  const known = new Map<string, number>();
  return (character) => {
    const width = known.get(character) ?? doc.font(font).fontSize(100).widthOfString(character) / 100;
    known.set(character, width);
    return width;
  };
}
