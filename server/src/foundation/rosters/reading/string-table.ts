import { Problem } from '@sandan/shared/problems';
import { readingLimits } from './raw-row';

export interface StringTable {
  add(text: string): void;
  /** Empty where there is no such text. */
  at(index: number): string;
}

/** A million short texts in one buffer: a tenth of the memory that as many strings take. */
export function createStringTable(): StringTable {
  let bytes = Buffer.alloc(1 << 20);
  let ends = new Uint32Array(1 << 16);
  let count = 0;
  let used = 0;
  return {
    add: (text) => {
      const length = Buffer.byteLength(text);
      if (used + length > readingLimits.sharedBytes) throw new Problem('roster.too-large');
      if (used + length > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(bytes.length, length))]);
      if (count === ends.length) {
        const longer = new Uint32Array(ends.length * 2);
        longer.set(ends);
        ends = longer;
      }
      used += bytes.write(text, used);
      ends[count] = used;
      count += 1;
    },
    at: (index) => {
      const end = index >= 0 && index < count ? ends[index] : undefined;
      if (end === undefined) return '';
      return bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], end);
    },
  };
}
