import { choose, press, pressInDialog, reads, write, type Screen } from './screen';

/** 我联系的户: the one house that is linked, and its form. */
export async function openVisit(screen: Screen, household: RegExp): Promise<void> {
  await press(screen, /^我联系的户/);
  await press(screen, household);
  await reads(screen, '走访得怎么样？');
}

/** Somebody was met and something is needed; it is written down, and no order is made of it yet. */
export async function writeVisit(screen: Screen, { words, need }: { words: string; need: string }): Promise<void> {
  await choose(screen, '走访得怎么样', '见到人了');
  await write(screen, '聊了什么？', words);
  await screen.getByRole('checkbox', { name: need, exact: true }).click();
  await press(screen, '记下来');
  await pressInDialog(screen, '先不点');
}

/** 走访记录 → 替他家点单: the house, its person and the place are known; only the consent is asked for. */
export async function orderFromVisit(screen: Screen, category: string, words: string): Promise<void> {
  await screen.getByRole('tab', { name: '走访记录' }).click();
  await press(screen, '替他家点单');
  await reads(screen, '要办什么事？');
  await press(screen, category);
  await write(screen, '说说要帮什么忙', words);
  await choose(screen, '本人同意吗', '当面说了同意');
  await press(screen, '提交');
  await reads(screen, '收到了');
}
