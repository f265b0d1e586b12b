import type { Random } from '../random';
import type { CategoryWords } from './category-words';
import { peopleAndErrands } from './people-and-errands';
import { publicThings } from './public-things';
import { workAndPeace } from './work-and-peace';

/** What stands for the placeholders of one story. */
export interface Texts {
  spot: string;
  who: string;
  n: string;
}

export const categoryWords: Readonly<Record<string, CategoryWords>> = {
  ...publicThings,
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
  template.replace(/\{(spot|who|n)\}/g, (_, name: keyof Texts) => texts[name]);
