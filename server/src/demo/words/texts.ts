import type { Random } from '../random';
import type { CategoryWords, Matter } from './category-words';
import { peopleAndErrands } from './people-and-errands';
import { roadsAndLamps } from './roads-and-lamps';
import { waterAndWaste } from './water-and-waste';
import { workAndPeace } from './work-and-peace';

/** What one story is about, and what stands for its placeholders. */
export interface Texts {
  matter: Matter;
  spot: string;
  who: string;
  n: string;
}

export const categoryWords: Readonly<Record<string, CategoryWords>> = {
  ...roadsAndLamps,
  ...waterAndWaste,
  ...peopleAndErrands,
  ...workAndPeace,
};

export function wordsOf(categoryId: string): CategoryWords {
  const words = categoryWords[categoryId];
  if (!words) throw new Error(`There are no words for ${categoryId}`);
  return words;
}

/** One of the templates, with its placeholders filled in. */
export const said = (random: Random, templates: readonly string[], texts: Texts): string =>
  filled(random.pick(templates), texts);

export const filled = (template: string, texts: Texts): string =>
  template.replace(/\{(spot|who|n)\}/g, (_, name: 'spot' | 'who' | 'n') => texts[name]);
