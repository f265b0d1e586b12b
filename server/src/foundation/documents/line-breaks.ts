/** Width of one character in the type that is set. */
export type WidthOf = (character: string) => number;

/** 避头: never at the beginning of a line. */
const closing = new Set('，。、；：？！）》」』】〕”’…—·％%℃,.;:?!)]}');
/** 避尾: never at its end. */
const opening = new Set('（《「『【〔“‘([{￥');
const isLatin = (character: string): boolean => /[\p{Script=Latin}\d@#&_/+\-.]/u.test(character);

/** Pieces that are not torn apart: a word or number of Latin signs, or one hanzi, each with its punctuation. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let before = '';
  for (const character of text) {
    const last = pieces.at(-1);
    const sticks =
      last !== undefined && (opening.has(before) || closing.has(character) || bothLatin(before, character));
    if (sticks) pieces[pieces.length - 1] = last + character;
    else pieces.push(character);
    before = character;
  }
  return pieces;
}

const bothLatin = (one: string, other: string): boolean => isLatin(one) && isLatin(other);

/**
 * Text as lines that fit into `width`. A word longer than a line is cut; line breaks in the text stay. Our own, because
 * the wrapper of pdfkit shapes every word several times (measured: seconds for a notice of 240 rows).
 */
export const breakLines = (text: string, width: number, widthOf: WidthOf): string[] =>
  text.split('\n').flatMap((paragraph) => linesOf(paragraph, width, widthOf));

function linesOf(paragraph: string, width: number, widthOf: WidthOf): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const add = (piece: string, size: number) => {
    line += piece;
    used += size;
  };
  const end = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const piece of piecesOf(paragraph)) {
    const size = sizeOf(piece, widthOf);
    if (used > 0 && used + size > width) end();
    if (used === 0 && piece === ' ' && lines.length > 0) continue;
    if (size <= width) add(piece, size);
    else {
      for (const character of piece) {
        if (used > 0 && used + widthOf(character) > width) end();
        add(character, widthOf(character));
      }
    }
  }
  if (line !== '' || lines.length === 0) end();
  return lines;
}

export const sizeOf = (text: string, widthOf: WidthOf): number =>
  [...text].reduce((sum, character) => sum + widthOf(character), 0);
