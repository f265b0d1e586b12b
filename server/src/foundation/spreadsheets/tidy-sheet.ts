/** What a program for spreadsheets can number: more is a lie. */
const lastRow = 1_048_576;

const emptyElement = /<(?:\w+:)?(?:row|c)\b[^>]*\/>/g;
const cell = /<((?:\w+:)?c)\b([^>]*)>([\s\S]*?)<\/\1>/g;
const emptyRow = /<((?:\w+:)?row)\b[^>]*>\s*<\/\1>/g;
const rowTag = /<(?:\w+:)?row\b([^>]*)>/g;
const numberOfRow = /\sr\s*=\s*["'](\d+)["']/;
const hasValue = /<(?:\w+:)?v>[^<]|<(?:\w+:)?(?:is|t)\b/;
const isError = /\st\s*=\s*["']e["']/;
/** Column AAA and beyond. */
const isFarRight = /\sr\s*=\s*["'][A-Z]{3,}\d/;

/**
 * The XML of a sheet without what only looks: painted empty rows by the hundred thousand (WPS keeps them after 清除内容),
 * formulas that were never computed, stray cells far to the right. A cell with an error (#N/A) becomes its text, so that
 * one cell is wrong and not the whole file.
 */
export const tidySheet = (xml: string): string =>
  xml
    .replace(emptyElement, '')
    .replace(cell, (whole, tag: string, attributes: string, inside: string) => {
      if (!hasValue.test(inside) || isFarRight.test(attributes)) return '';
      return isError.test(attributes) ? `<${tag}${attributes.replace(isError, ' t="str"')}>${inside}</${tag}>` : whole;
    })
    .replace(emptyRow, '');

/** How many rows hold anything; null where one has a number that no sheet has. */
export function countRows(tidy: string): number | null {
  let rows = 0;
  for (const [, attributes = ''] of tidy.matchAll(rowTag)) {
    rows += 1;
    if (Number(numberOfRow.exec(attributes)?.[1] ?? 1) > lastRow) return null;
  }
  return rows;
}
