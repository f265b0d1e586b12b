import { choose, openFrom, openTab, press, pressInSheet, reads, write, type Screen } from './screen';

/** 跟踪反馈: finds the order among the own ones, and answers the three questions. */
export async function confirm(screen: Screen, title: string, answer: { stars: string; words: string }): Promise<void> {
  await openTab(screen, '点单');
  await openFrom(screen, '我的单子', title);
  await press(screen, '办好了，评一评');
  await choose(screen, '有人联系您吗', '联系了');
  await choose(screen, '事情办好了吗', '办好了');
  await choose(screen, '满意不满意', answer.stars);
  await write(screen, '还想说的', answer.words);
  await pressInSheet(screen, '就这样');
  await reads(screen, '谢谢您告诉我们');
}
