import type { Page } from 'playwright-core';

/** As one of the prepared people, by name: 王桂英. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`以.*${name}的身份登录`) }).click();
  await page.getByRole('tab', { name: '我的' }).waitFor();
}

/** 长辈版, on the first screen. */
export async function chooseLargeType(page: Page): Promise<void> {
  await page.getByRole('switch', { name: '长辈版' }).click();
}
