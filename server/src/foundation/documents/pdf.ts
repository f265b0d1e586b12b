import { breakLines, sizeOf } from './line-breaks';
import {
  bottom,
  drawLines,
  grey,
  ink,
  light,
  page,
  width,
  type Doc,
  type FontName,
  type Placed,
  type Setting,
} from './pdf-page';
import { bytesOf, newDocument, typesIn } from './pdf-document';
import type { Paper, Table } from './paper';
import {
  columnWidths,
  heightOfFirst,
  intoPages,
  lineHeightOf,
  paddingOf,
  planRows,
  spansOf,
  type PlannedRow,
  type Type,
} from './table-plan';

const titleSize = 30;
const lineSize = 13.5;
const footSize = 10;
const watermarkSize = 26;
/** 30 mm: read from where one stands in front of a notice board. */
const codeSize = 85;
const codeWordsSize = 10;

/** The largest type in which everything stands on one page; many pages are set in that of a printed book. */
const bodySizes = [16.5, 15, 13.5, 12.5, 11.5, 10.5, 9.5] as const;
const manyPagesSize = 10.5;

/** A4 has the same shape: it is drawn as A3 and made smaller, so its type begins larger to be read in the hand. */
const toA4 = Math.SQRT1_2;
const leastOnA4 = 13.5;

/** The paper as a PDF, fonts embedded. Throws nothing that its words can cause. */
export async function makePdf(paper: Paper): Promise<Uint8Array> {
  const doc = newDocument(paper.title, { size: paper.size ?? 'A3', layout: 'landscape' });
  const whole = bytesOf(doc);
  if (paper.size === 'A4') {
    doc.scale(toA4);
    doc.on('pageAdded', () => doc.scale(toA4));
  }
  draw(doc, paper);
  doc.end();
  return whole;
}

function draw(doc: Doc, paper: Paper): void {
  const typeOf = typesIn(doc);
  const top = Math.max(drawHeading(doc, paper, typeOf), drawCode(doc, paper, typeOf(codeWordsSize)));
  const signatureRoom = paper.signature.length * lineHeightOf(lineSize) + lineHeightOf(lineSize);
  const least = paper.size === 'A4' ? leastOnA4 : manyPagesSize;
  const fits = (size: number) => top + heightOfAll(paper, typeOf(size)) + signatureRoom <= bottom;
  const type = typeOf(bodySizes.find((size) => (paper.size === undefined || size > least) && fits(size)) ?? least);
  let y = top;
  paper.tables.forEach((table, index) => {
    y = drawTable(doc, table, type, y + (index > 0 ? lineHeightOf(type.size) : 0));
  });
  drawSignature(doc, paper, typeOf(lineSize), y);
  drawFeet(doc, paper, typeOf(footSize));
  if (paper.watermark !== null) drawWatermark(doc, paper.watermark, typeOf(watermarkSize));
}

const heightOfAll = ({ tables }: Paper, type: Type): number =>
  tables.reduce((sum, table) => {
    const { head, rows } = planRows(table, width, type, bottom - page.margin);
    return (
      sum +
      captionHeight(table, type) +
      head.height +
      rows.reduce((total, row) => total + row.height, 0) +
      lineHeightOf(type.size)
    );
  }, 0);

/** Title and what stands under it. Returns where the first table begins. */
function drawHeading(doc: Doc, { title, lines, code, watermark }: Paper, typeOf: (size: number) => Type): number {
  // The title stays in the middle of the page, so what the code takes on the right stays free on the left.
  const beside = code ? codeBox({ words: code.words, type: typeOf(codeWordsSize) }).width + 10 : 0;
  const block = (text: string, size: number, font: FontName, y: number, colour: string): number => {
    const type = typeOf(size);
    const room = width - 2 * beside;
    const broken = breakLines(text, room, type[font]);
    const height = broken.length * lineHeightOf(size);
    const box = { x: page.margin + beside, y, width: room, height };
    drawLines(doc, broken, box, { font, type, align: 'center', colour });
    return y + height;
  };
  let y = block(title, titleSize, 'bold', page.margin, ink) + 4;
  for (const line of [...lines, ...(watermark === null ? [] : [watermark])])
    y = block(line, lineSize, 'regular', y, grey);
  return y + 10;
}

const codeBox = ({ words, type }: { words: string; type: Type }): Placed => {
  const wide = Math.max(codeSize, sizeOf(words, type.regular));
  const height = codeSize + lineHeightOf(type.size);
  return { x: page.margin + width - wide, y: page.margin - 14, width: wide, height };
};

/** The code with its words below it. Returns where the first table may begin. */
function drawCode(doc: Doc, { code }: Paper, type: Type): number {
  if (!code) return 0;
  const { words, picture } = code;
  const box = codeBox({ words, type });
  doc.image(Buffer.from(picture), box.x + (box.width - codeSize) / 2, box.y, { width: codeSize, height: codeSize });
  const below = { ...box, y: box.y + codeSize, height: lineHeightOf(type.size) };
  drawLines(doc, [words], below, { font: 'regular', type, align: 'center' });
  return box.y + box.height + 4;
}

const captionHeight = ({ caption }: Table, type: Type): number => (caption === undefined ? 0 : lineHeightOf(type.size));

/** Draws the table from `y` on, over as many pages as it needs, its head on each. Returns where it ends. */
function drawTable(doc: Doc, table: Table, type: Type, y: number): number {
  const { head, rows } = planRows(table, width, type, bottom - page.margin - 60);
  const caption = captionHeight(table, type);
  let top = y;
  // Neither a caption nor a head stands at the foot of a page alone.
  if (y + caption + head.height + heightOfFirst(rows) > bottom) {
    doc.addPage();
    top = page.margin;
  }
  if (table.caption !== undefined) {
    const box = { x: page.margin, y: top, width, height: caption };
    drawLines(doc, [table.caption], box, { font: 'bold', type, align: 'left' });
    top += caption;
  }
  const pages = intoPages(rows, bottom - top - head.height, bottom - page.margin - head.height);
  pages.forEach((onPage, index) => {
    if (index > 0) {
      doc.addPage();
      top = page.margin;
    }
    top = drawRows(doc, table, [head, ...onPage], type, top);
  });
  return top;
}

function drawRows(doc: Doc, { columns }: Table, rows: readonly PlannedRow[], type: Type, y: number): number {
  const widths = columnWidths(columns, width);
  const lefts = widths.map((_, index) => page.margin + widths.slice(0, index).reduce((sum, each) => sum + each, 0));
  const tops = rows.map((_, index) => y + rows.slice(0, index).reduce((sum, row) => sum + row.height, 0));
  const end = y + rows.reduce((sum, row) => sum + row.height, 0);
  const boxAt = (from: number, count: number, column: number): Placed => {
    const top = tops[from] ?? y;
    const height = (tops[from + count] ?? end) - top;
    return { x: lefts[column] ?? 0, y: top, width: widths[column] ?? 0, height };
  };
  rows.forEach((row, index) => {
    if (row.kind !== 'row') doc.rect(page.margin, tops[index] ?? y, width, row.height).fill(light);
  });
  const boxes: Placed[] = [];
  const put = (lines: readonly string[], box: Placed, font: FontName, align: Setting['align']) => {
    boxes.push(box);
    const padding = paddingOf(type.size);
    drawLines(doc, lines, { ...box, x: box.x + padding, width: box.width - 2 * padding }, { font, type, align });
  };
  const spans = columns.map(({ merged }, at) =>
    merged ? spansOf(rows, at) : rows.map((_, from) => ({ from, rows: 1 })),
  );
  // Row by row, so that whoever reads the text out, or copies it, gets it in the order of the table.
  rows.forEach((row, index) => {
    if (row.kind === 'group') return put(row.cells[0] ?? [], { ...boxAt(index, 1, 0), width }, 'bold', 'left');
    columns.forEach((column, at) => {
      const span = spans[at]?.find(({ from }) => from === index);
      if (!span) return;
      const isHead = row.kind === 'head';
      const align = column.words && !isHead ? 'left' : 'center';
      put(row.cells[at] ?? [], boxAt(index, span.rows, at), isHead || column.bold ? 'bold' : 'regular', align);
    });
  });
  for (const box of boxes) doc.rect(box.x, box.y, box.width, box.height);
  doc.lineWidth(0.6).strokeColor('#3a3a3a').stroke();
  return end;
}

function drawSignature(doc: Doc, { signature }: Paper, type: Type, end: number): void {
  if (signature.length === 0) return;
  const leading = lineHeightOf(type.size);
  const height = signature.length * leading;
  let y = end + leading;
  if (y + height > bottom) {
    doc.addPage();
    y = page.margin;
  }
  const box = { x: page.margin, y, width: width - 24, height };
  drawLines(doc, signature, box, { font: 'regular', type, align: 'right' });
}

/** Across every page, faint enough to read through: whoever photographs a part of it has photographed this, too. */
function drawWatermark(doc: Doc, words: string, type: Type): void {
  const { count } = doc.bufferedPageRange();
  const long = sizeOf(words, type.regular);
  const places = [0.25, 0.5, 0.75].flatMap((y) => [0.27, 0.73].map((x) => ({ x: x * page.width, y: y * page.height })));
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(at);
    for (const { x, y } of places) {
      doc
        .save()
        .rotate(-20, { origin: [x, y] })
        .fillOpacity(0.07);
      doc.font('regular').fontSize(type.size).fillColor(ink);
      doc.text(words, x - long / 2, y, { lineBreak: false });
      doc.restore();
    }
  }
}

/** On every page: what it is good for, who took it out, and which page it is. */
function drawFeet(doc: Doc, { foot, watermark }: Paper, type: Type): void {
  const { count } = doc.bufferedPageRange();
  const box = { x: page.margin, y: page.height - page.margin - 14, width, height: 14 };
  for (let at = 0; at < count; at += 1) {
    doc.switchToPage(at);
    const setting = { font: 'regular', type, colour: grey } as const;
    const words = [foot, watermark].filter((each) => each !== null).join('　');
    if (words !== '') drawLines(doc, [words], box, { ...setting, align: 'left' });
    drawLines(doc, [`第 ${at + 1} 页，共 ${count} 页`], box, { ...setting, align: 'right' });
  }
}
