import encodeQR from 'qr';
import { breakLines } from './line-breaks';
import { bytesOf, newDocument, typesIn } from './pdf-document';
import { drawLines, grey, ink, type Doc, type Placed, type Setting } from './pdf-page';
import type { Posters, Sign } from './poster';
import { lineHeightOf, type Type } from './table-plan';

/** Points in a millimetre. */
const mm = 72 / 25.4;
/** The brand of the tokens (ui.md): once on each sign. */
const brand = '#B3261E';
const hairline = '#c9c5bd';

interface Board {
  readonly doc: Doc;
  readonly typeOf: (size: number) => Type;
}

/** The posters or plates as a PDF, fonts embedded. Throws nothing that its words can cause. */
export async function makePosters({ title, format, signs, margin }: Posters): Promise<Uint8Array> {
  const doc = newDocument(title, { size: format === 'plate' ? [100 * mm, 140 * mm] : 'A4' });
  const whole = bytesOf(doc);
  const board = { doc, typeOf: typesIn(doc) };
  const perPage = format === 'sheet' ? columns * rows : 1;
  for (let from = 0; from < signs.length; from += perPage) {
    if (from > 0) doc.addPage();
    const onPage = signs.slice(from, from + perPage);
    if (format === 'sheet') drawSheet(board, onPage, margin);
    else for (const sign of onPage) (format === 'poster' ? drawPoster : drawPlate)(board, sign);
  }
  doc.end();
  return whole;
}

type Told = Partial<Omit<Setting, 'type'>> & { readonly most: number; readonly least?: number };

/** Words in a box, as large as they fit, at most `most` points: names of villages are short and long. */
function say({ doc, typeOf }: Board, words: string, box: Placed, { most, least = 6, ...told }: Told): void {
  const { font = 'regular', align = 'center', colour = ink } = told;
  const linesAt = (size: number, width = box.width) => breakLines(words, width, typeOf(size)[font]);
  let size = most;
  const fits = () => linesAt(size).length * lineHeightOf(size) <= box.height + 0.1;
  while (size > least && !fits()) size -= 0.5;
  drawLines(
    doc,
    evenly(box.width, (width) => linesAt(size, width)),
    box,
    { font, align, colour, type: typeOf(size) },
  );
}

/** As many lines as the width wants, about as long as each other: no 小组 alone below the name of its village. */
function evenly(width: number, linesIn: (width: number) => string[]): string[] {
  const lines = linesIn(width);
  if (lines.length < 2) return lines;
  let [best, narrower] = [lines, width * 0.95];
  while (narrower > width / lines.length) {
    const tried = linesIn(narrower);
    if (tried.length > lines.length) break;
    [best, narrower] = [tried, narrower - width * 0.05];
  }
  return best;
}

const boxAt = (x: number, y: number, width: number, height: number): Placed => ({
  ...{ x: x * mm, y: y * mm, width: width * mm, height: height * mm },
});

/** The code in a square, with the quiet edge that scanners want. */
function drawCode({ doc }: Board, { code }: Sign, { x, y, width }: Placed): void {
  if ('picture' in code) {
    doc.image(Buffer.from(code.picture), x, y, { width, height: width });
    return;
  }
  const dots = encodeQR(code.address, 'raw', { ecc: 'medium', border: 2 });
  const side = width / dots.length;
  dots.forEach((line, row) => {
    line.forEach((dark, column) => {
      // A hair wider, or a printer shows the seams.
      if (dark) doc.rect(x + column * side, y + row * side, side + 0.05, side + 0.05);
    });
  });
  doc.fill(ink);
}

const steps = [
  ['扫码', '打开微信扫一扫'],
  ['说事', '写、说、拍照都行'],
  ['有人来', '办到哪步都看得到'],
] as const;

/** A4, read from where one stands before a notice board. */
function drawPoster(board: Board, sign: Sign): void {
  const { doc } = board;
  doc.rect(0, 0, 210 * mm, 7 * mm).fill(brand);
  say(board, sign.place, boxAt(18, 17, 174, 24), { most: 50, font: 'bold' });
  if (sign.under !== null) say(board, sign.under, boxAt(18, 40, 174, 12), { most: 26, colour: grey });
  say(board, '有事扫一扫，说了就有人来', boxAt(18, 53, 174, 17), { most: 36, font: 'bold', colour: brand });
  drawCode(board, sign, boxAt(55, 74, 100, 100));
  steps.forEach(([name, words], index) => {
    const x = 16 + index * 60;
    doc.circle((x + 29) * mm, 186 * mm, 7 * mm).fill(brand);
    say(board, String(index + 1), boxAt(x + 22, 179, 14, 14), { most: 24, font: 'bold', colour: '#ffffff' });
    say(board, name, boxAt(x, 194, 58, 16), { most: 34, font: 'bold' });
    say(board, words, boxAt(x, 210, 58, 16), { most: 18, colour: grey });
  });
  const foot = boxAt(18, 232, 174, 38);
  doc
    .roundedRect(foot.x, foot.y, foot.width, foot.height, 4 * mm)
    .lineWidth(1)
    .stroke(hairline);
  drawPhone(board, sign, foot, { words: 22, number: 40 });
  say(board, sign.foot, boxAt(18, 275, 174, 12), { most: 11, colour: grey });
}

/** 没有微信: the number one calls, or whom one turns to where none is published. */
function drawPhone(board: Board, { phone }: Sign, box: Placed, most: { words: number; number: number }): void {
  if (phone === null) return say(board, '不用微信的，跟网格员说一声也一样办', box, { most: most.words });
  const upper = { ...box, height: box.height * 0.42 };
  say(board, '不用微信？打值班电话', upper, { most: most.words });
  const lower = { ...box, y: box.y + upper.height, height: box.height - upper.height };
  say(board, phone, lower, { most: most.number, font: 'bold' });
}

/** 100 × 140 mm, for one door. */
function drawPlate(board: Board, sign: Sign): void {
  const { doc } = board;
  doc.rect(0, 0, 100 * mm, 4 * mm).fill(brand);
  say(board, sign.place, boxAt(6, 8, 88, 11), { most: 24, font: 'bold' });
  if (sign.under !== null) say(board, sign.under, boxAt(6, 19, 88, 10), { most: 20, font: 'bold', colour: grey });
  drawCode(board, sign, boxAt(19, 31, 62, 62));
  say(board, '有事扫一扫，说了就有人来', boxAt(6, 95, 88, 11), { most: 19, font: 'bold', colour: brand });
  drawPhone(board, sign, boxAt(6, 107, 88, 18), { words: 11, number: 20 });
  say(board, sign.foot, boxAt(5, 127, 90, 9), { most: 8.5, colour: grey });
}

const columns = 2;
const rows = 4;
const label = { width: 92, height: 66, left: 13, top: 16.5 } as const;

/** Eight to a page of A4, to be cut along the marks. */
function drawSheet(board: Board, signs: readonly Sign[], margin: string | null): void {
  drawCutMarks(board);
  signs.forEach((sign, index) => {
    const x = label.left + (index % columns) * label.width;
    const y = label.top + Math.floor(index / columns) * label.height;
    drawLabel(board, sign, x, y);
  });
  if (margin !== null) say(board, margin, boxAt(label.left, 286, 184, 6), { most: 7.5, colour: grey });
}

function drawLabel(board: Board, sign: Sign, x: number, y: number): void {
  drawCode(board, sign, boxAt(x + 3, y + 6, 48, 48));
  say(board, sign.place, boxAt(x + 52, y + 6, 37, 12), { most: 17, font: 'bold' });
  if (sign.under !== null)
    say(board, sign.under, boxAt(x + 52, y + 18, 37, 10), { most: 16, font: 'bold', colour: grey });
  say(board, '有事扫一扫', boxAt(x + 52, y + 29, 37, 7), { most: 15, font: 'bold', colour: brand });
  say(board, '说了就有人来', boxAt(x + 52, y + 36, 37, 6), { most: 13, font: 'bold', colour: brand });
  drawPhone(board, sign, boxAt(x + 52, y + 43, 37, 12), { words: 8, number: 12 });
  say(board, sign.foot, boxAt(x + 4, y + 57, 84, 6), { most: 8, colour: grey });
}

/** Short lines at the edges, where the blade is laid; none of them ends up on a plate. */
function drawCutMarks({ doc }: Board): void {
  const [right, bottom] = [label.left + columns * label.width, label.top + rows * label.height];
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    doc.moveTo(x1 * mm, y1 * mm).lineTo(x2 * mm, y2 * mm);
  for (let at = 0; at <= columns; at += 1) {
    const x = label.left + at * label.width;
    line(x, label.top - 6, x, label.top - 1);
    line(x, bottom + 1, x, bottom + 6);
  }
  for (let at = 0; at <= rows; at += 1) {
    const y = label.top + at * label.height;
    line(label.left - 6, y, label.left - 1, y);
    line(right + 1, y, right + 6, y);
  }
  doc.lineWidth(0.5).stroke(grey);
}
