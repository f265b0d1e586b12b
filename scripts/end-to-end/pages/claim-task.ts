import { choose, openTab, pressInSheet, type Screen } from './screen';

/** From the hall: 接单 on the card, and when it will be done. The task opens. */
export async function claim(screen: Screen, title: string, when: string): Promise<void> {
  await openTab(screen, '接单');
  await screen.getByRole('button', { name: `接单：${title}` }).click();
  await choose(screen, '您打算', when);
  await pressInSheet(screen, '接单');
  await screen.getByRole('button', { name: '办完了', exact: true }).waitFor();
}
