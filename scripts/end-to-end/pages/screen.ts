import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';

/** A screen of the app: in a browser, or of the mini-program on the phone. Words and roles are the same on both. */
export type Screen = Page;

const exact = true;

/** Touches a button by the words on it. */
export const press = (screen: Screen, words: string | RegExp): Promise<void> =>
  screen.getByRole('button', { name: words, exact }).click();

/** Touches one of a list that is read page by page: reads on until it stands there. */
export async function pressFurtherDown(screen: Screen, words: string | RegExp): Promise<void> {
  const wanted = screen.getByRole('button', { name: words, exact }).filter({ visible: true });
  const end = screen.getByText(/^(再看一些|就这些了)$/).filter({ visible: true });
  await eventually(async () => {
    if ((await wanted.count()) === 0) await end.scrollIntoViewIfNeeded();
    expect(await wanted.count()).toBeGreaterThan(0);
  });
  await wanted.first().click();
}

/** Opens one of a list by what it is called. */
export const openFrom = (screen: Screen, list: string, title: string): Promise<void> =>
  screen.getByRole('list', { name: list, exact }).getByRole('button', { name: title }).click();

/** Touches a button of the sheet in front. */
export const pressInSheet = (screen: Screen, words: string): Promise<void> =>
  screen.getByRole('dialog').getByRole('button', { name: words, exact }).click();

/** Answers the question that lies over everything. */
export const pressInDialog = (screen: Screen, words: string): Promise<void> =>
  screen.getByRole('alertdialog').getByRole('button', { name: words, exact }).click();

/** One of several: 今天; 联系了. An answer may have a further word under it. */
export const choose = (screen: Screen, question: string, answer: string | RegExp): Promise<void> =>
  screen.getByRole('radiogroup', { name: question, exact }).getByRole('radio', { name: answer, exact }).click();

export const write = (screen: Screen, question: string, words: string): Promise<void> =>
  screen.getByRole('textbox', { name: question, exact }).fill(words);

/** One of several that take a whole line each: a household, a person, a kind of list. */
export const pick = (screen: Screen, words: string | RegExp): Promise<void> =>
  screen.getByRole('radio', { name: words, exact }).click();

/** A number or a day: a box of its own kind in a browser. */
export const fillIn = (screen: Screen, question: string, value: string): Promise<void> =>
  screen.getByLabel(question, { exact }).fill(value);

export const search = (screen: Screen, box: string, words: string): Promise<void> =>
  screen.getByRole('searchbox', { name: box, exact }).fill(words);

/** One of a few lists that share a place: 有错; 等核实. */
export const openSegment = (screen: Screen, list: string, name: string | RegExp): Promise<void> =>
  screen.getByRole('tablist', { name: list, exact }).getByRole('tab', { name }).click();

/** Opens something from the desk: 导入名册. */
export async function openFromDesk(screen: Screen, entry: string | RegExp): Promise<void> {
  await openTab(screen, '工作台');
  const more = screen.getByRole('button', { name: '还要做别的', exact });
  const entries = screen.getByRole('button', { name: entry, exact });
  await entries.or(more).first().waitFor();
  if ((await entries.count()) === 0) await more.click();
  await press(screen, entry);
}

/** What a press brings as a file. */
export async function fileFrom(screen: Screen, press: () => Promise<void>): Promise<{ name: string; path: string }> {
  const [file] = await Promise.all([screen.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), path: await file.path() };
}

export const openTab = (screen: Screen, name: string): Promise<void> =>
  screen.getByRole('tablist', { name: '主要页面' }).getByRole('tab', { name }).click();

/** Words in sight; pages that lie under this one are not. */
export const words = (screen: Screen, said: string | RegExp): Locator =>
  screen.getByText(said).filter({ visible: true }).first();

/** Waits until these words stand on the screen. */
export const reads = (screen: Screen, said: string | RegExp): Promise<void> => words(screen, said).waitFor();
