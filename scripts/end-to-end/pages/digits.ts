import type { Page } from 'playwright-core';
import { reads, words } from './screen';

/** 在电脑上填这四位数字: what a phone shows that has said yes to a computer. */
export async function digitsOn(page: Page): Promise<string> {
  await reads(page, '在电脑上填这四位数字');
  return words(page, /^\d{4}$/).innerText();
}
