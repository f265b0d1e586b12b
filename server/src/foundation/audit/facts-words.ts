import type { FactName } from '@sandan/shared/audit/audit-facts';
import { factCodes, factNames } from '@sandan/shared/audit/audit-fact-words';
import { chinaDate, clockWords } from '@sandan/shared/china-time';
import { timeWords } from '../documents/exported-by';

interface FactWords {
  name: string;
  words: string;
}

/** What an entry tells beside who, when and on what, in words. Ids say nothing to a reader and are left out. */
export const factsInWords = (facts: Readonly<Record<string, unknown>> | null): FactWords[] =>
  Object.entries(facts ?? {}).flatMap(([name, value]): FactWords[] => {
    if (name === 'before' || name === 'after') return numbersInWords(name, value);
    const told = factNames[name as FactName];
    const words = told ? valueInWords(name as FactName, value) : null;
    return told && words !== null ? [{ name: told, words }] : [];
  });

function valueInWords(name: FactName, value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((each) => wordOf(name, each)).join('、');
  return name.endsWith('At') ? instantWords(String(value)) : wordOf(name, value);
}

const codes: Partial<Record<FactName, Readonly<Record<string, string>>>> = factCodes;
const wordOf = (name: FactName, code: unknown): string => codes[name]?.[String(code)] ?? String(code);

const instantWords = (iso: string): string => `${chinaDate(Date.parse(iso))} ${timeWords(new Date(iso))}`;

/** Settings before and after: one number as it is, several as times of day from–to; of several settings each with its name. */
function numbersInWords(name: 'before' | 'after', value: unknown): FactWords[] {
  const settings = Object.entries((value ?? {}) as Record<string, number[]>);
  if (settings.length === 0) return [];
  const words = settings.map(([setting, numbers]) => {
    const told = numbers.length === 1 ? String(numbers[0]) : spans(numbers);
    return settings.length === 1 ? told : `${wordOf('changed', setting)} ${told}`;
  });
  return [{ name: name === 'before' ? '原来' : '现在', words: words.join('；') }];
}

const spans = (minutes: readonly number[]): string =>
  minutes
    .flatMap((from, at) => (at % 2 === 0 ? [`${clockWords(from)}—${clockWords(minutes[at + 1] ?? from)}`] : []))
    .join('、');
