import { choose, openFrom, openTab, press, reads, write, type Screen } from './screen';

/** 工作台: finds the order by its name, gives it a clearer one, and offers it to everybody who serves there. */
export async function studyAndOffer(screen: Screen, order: { named: string; title: string }): Promise<void> {
  await openTab(screen, '工作台');
  await openFrom(screen, '待研判', order.named);
  await write(screen, '叫什么', order.title);
  await choose(screen, '谁来办', '让大家抢');
  await press(screen, '受理并派单');
  await reads(screen, '挂出去了，等人来接');
}
