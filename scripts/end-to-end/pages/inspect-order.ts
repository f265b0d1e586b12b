import { choose, openTab, press, pressInSheet, reads, write, type Screen } from './screen';

/** 督查: draws this month's sample of the own town. */
export async function drawSample(screen: Screen): Promise<void> {
  await openTab(screen, '工作台');
  await press(screen, '督查');
  await press(screen, '抽一次');
  await pressInSheet(screen, '开始抽');
  await reads(screen, '抽到的单子');
}

export async function passInspection(screen: Screen, title: string, words: string): Promise<void> {
  await press(screen, new RegExp(`^${title}`));
  await choose(screen, '结果', /^通过/);
  await write(screen, '查了什么', words);
  await press(screen, '就这样定');
  await reads(screen, '查完了');
}
