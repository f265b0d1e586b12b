import { choose, openTab, press, pressInSheet, reads, type Screen } from './screen';

/** From the hall: 接单 on the card, and when it will be done. The task opens. */
export async function claim(screen: Screen, title: string, when: string): Promise<void> {
  await openTab(screen, '接单');
  await press(screen, `接单：${title}`);
  await choose(screen, '您打算', when);
  await pressInSheet(screen, '接单');
  await screen.getByRole('button', { name: '办完了', exact: true }).waitFor();
}

/** 记下联系情况, on the page of the task. */
export async function noteContact(screen: Screen, how: string): Promise<void> {
  await press(screen, '记下联系情况');
  await choose(screen, '怎么联系的', how);
  await pressInSheet(screen, '记下来');
  await reads(screen, '记下了');
}
