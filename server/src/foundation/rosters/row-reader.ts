import { halfWidth } from '../spreadsheets/cell-text';
import { isSample } from './head';
import { dayOf, idNumberOf, phoneOf, type Ruled } from './cell-rules';
import type { Oddity } from './reading/raw-row';
import type { Fault, RosterColumn } from './roster';

/** The cells of a row by the meaning of their columns. What is wrong is noted; the rest of the row is read all the same. */
export interface RowReader {
  readonly number: number;
  /** Null where nothing stands. */
  text(column: string, longest: number): string | null;
  /** A code of plain letters and digits; full-width ones are understood. */
  code(column: string, pattern: RegExp, wrong: string): string | null;
  phone(column: string): string | null;
  idNumber(column: string): string | null;
  day(column: string): string | null;
  /** The code whose word stands here. */
  oneOf<T extends string>(column: string, words: Readonly<Record<T, string>>): T | null;
  /** The same of several words with 、 between them. */
  several<T extends string>(column: string, words: Readonly<Record<T, string>>): T[];
  /** 是 / 否 */
  yes(column: string): boolean | null;
  /** “无”: what stood here before shall go. An empty cell changes nothing. */
  isNone(column: string): boolean;
  /** Notes a fault at each of these that is empty. */
  needed(...columns: string[]): void;
  fault(column: string | null, words: string): void;
  hint(words: string): void;
}

/** Cells as they are kept: by the template's columns. */
export interface KeptCells {
  readonly texts: readonly string[];
  readonly odd: Readonly<Record<number, Oddity>> | null;
}

export const none = '无';

const lost: Readonly<Record<string, string>> = { idNumber: '身份证号', phone: '手机号' };

function oddWords(column: RosterColumn, oddity: Oddity): string {
  if (oddity === 'formula') return '这一格是公式，请复制后“选择性粘贴”为数值再传';
  if (oddity === 'error') return '这一格是公式出错的结果，请改成要填的内容';
  const what = Object.entries(lost).find(([key]) => column.key.toLowerCase().includes(key.toLowerCase()))?.[1];
  return `${what ?? '数字'}被 Excel 改成了科学计数法，请把这一列设为文本后重填`;
}

export function readerOf(
  number: number,
  columns: readonly RosterColumn[],
  { texts, odd }: KeptCells,
): { reader: RowReader; faults: Fault[]; hints: string[] } {
  const faults: Fault[] = [];
  const hints: string[] = [];
  const places = new Map(columns.map(({ key }, place) => [key, place]));
  const fault = (column: string | null, words: string): void => void faults.push({ number, column, words });
  if (isSample(texts, columns)) fault(null, '这一行是模板里的示例，不是真的，请改成要导入的内容，或整行删掉');
  for (const [place, oddity] of Object.entries(odd ?? {})) {
    const column = columns[Number(place)];
    if (column) fault(column.key, oddWords(column, oddity));
  }
  /** Null also where the cell is none that could be read. */
  const given = (column: string): string | null => {
    const place = places.get(column);
    if (place === undefined || odd?.[place]) return null;
    return texts[place] || null;
  };
  const filled = (column: string): string | null => (given(column) === none ? null : given(column));
  const ruled = (column: string, rule: (text: string) => Ruled<string>): string | null => {
    const text = filled(column);
    if (text === null) return null;
    const result = rule(text);
    if ('fault' in result) {
      fault(column, result.fault);
      return null;
    }
    if (result.hint) hints.push(result.hint);
    return result.value;
  };
  const oneWord = <T extends string>(column: string, words: Readonly<Record<T, string>>, text: string): T | null => {
    const found = (Object.entries(words) as [T, string][]).find(([, word]) => word === text)?.[0];
    if (found !== undefined) return found;
    fault(column, `没有“${text.slice(0, 12)}”这一项，请从这些里选：${Object.values<string>(words).join('、')}`);
    return null;
  };
  const reader: RowReader = {
    number,
    text: (column, longest) => {
      const text = filled(column)?.replace(/\n/g, ' ') ?? null;
      if (text === null || [...text].length <= longest) return text;
      fault(column, `最多 ${longest} 个字`);
      return null;
    },
    code: (column, pattern, wrong) =>
      ruled(column, (text) => {
        const plain = halfWidth(text).replace(/\s/g, '');
        return pattern.test(plain) ? { value: plain } : { fault: wrong };
      }),
    phone: (column) => ruled(column, phoneOf),
    idNumber: (column) => ruled(column, idNumberOf),
    day: (column) => ruled(column, dayOf),
    oneOf: (column, words) => {
      const text = filled(column);
      return text === null ? null : oneWord(column, words, text);
    },
    several: (column, words) =>
      (filled(column) ?? '').split(/[、，,;；/\n]/).flatMap((word) => {
        const text = word.trim();
        const found = text === '' ? null : oneWord(column, words, text);
        return found === null ? [] : [found];
      }),
    yes: (column) => {
      const text = filled(column);
      if (text === null) return null;
      if (/^(?:是|有|√|Y)$/i.test(text)) return true;
      if (/^(?:否|不是|×|N)$/i.test(text)) return false;
      fault(column, '请填“是”或“否”');
      return null;
    },
    isNone: (column) => given(column) === none,
    needed: (...needed) => {
      for (const { key, head } of columns) {
        const place = places.get(key) ?? -1;
        if (needed.includes(key) && !texts[place] && !odd?.[place]) fault(key, `请填写${head}`);
      }
    },
    fault,
    hint: (words) => void hints.push(words),
  };
  return { reader, faults, hints };
}
