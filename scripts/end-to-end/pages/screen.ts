import type { Page } from 'playwright-core';

/** A screen of the app: in a browser, or of the mini-program on the phone. Words and roles are the same on both. */
export type Screen = Page;

const exact = true;

/** Touches a button by the words on it. */
export const press = (screen: Screen, words: string): Promise<void> =>
  screen.getByRole('button', { name: words, exact }).click();

/** Touches a button of the sheet or dialog in front. */
export const pressInSheet = (screen: Screen, words: string): Promise<void> =>
  screen.getByRole('dialog').getByRole('button', { name: words, exact }).click();

/** One of several chips: 今天; 联系了. */
export const choose = (screen: Screen, question: string, answer: string): Promise<void> =>
  screen.getByRole('radiogroup', { name: question, exact }).getByRole('radio', { name: answer, exact }).click();

export const write = (screen: Screen, question: string, words: string): Promise<void> =>
  screen.getByRole('textbox', { name: question, exact }).fill(words);

export const openTab = (screen: Screen, name: string): Promise<void> => screen.getByRole('tab', { name }).click();

/** Waits until these words stand on the screen. */
export const reads = (screen: Screen, words: string | RegExp): Promise<void> =>
  screen.getByText(words).first().waitFor();
