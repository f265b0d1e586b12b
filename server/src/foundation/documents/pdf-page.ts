import { sizeOf } from './line-breaks';
import { lineHeightOf, type Type } from './table-plan';

export type Doc = PDFKit.PDFDocument;
export type FontName = 'regular' | 'bold';

/** A3 across, in points; half an inch of margin, which every office printer reaches. */
export const page = { width: 1190.55, height: 841.89, margin: 42 };
export const width = page.width - 2 * page.margin;
const footRoom = 26;
export const bottom = page.height - page.margin - footRoom;
export const [ink, grey, light] = ['#1a1a1a', '#555555', '#f1efec'];

export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Setting {
  readonly font: FontName;
  readonly type: Type;
  readonly align: 'left' | 'center' | 'right';
  readonly colour?: string;
}

/** The font leaves more room above its characters than below them: so much lower they stand in the middle. */
const sunk = 0.05;

/** Broken lines in a box, in the middle of its height. */
export function drawLines(
  doc: Doc,
  lines: readonly string[],
  box: Placed,
  { font, type, align, colour = ink }: Setting,
): void {
  const leading = lineHeightOf(type.size);
  const top = box.y + (box.height - lines.length * leading) / 2 + type.size * sunk;
  const indents = lines.map((line) => {
    const free = box.width - sizeOf(line, type[font]);
    return { left: 0, center: free / 2, right: free }[align];
  });
  doc.font(font).fontSize(type.size).fillColor(colour);
  lines.forEach((line, index) => {
    if (line !== '') doc.text(line, box.x + (indents[index] ?? 0), top + index * leading, { lineBreak: false });
  });
}
