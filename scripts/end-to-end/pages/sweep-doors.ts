import { choose, openTab, press, reads, write, type Screen } from './screen';

/** From the tab of one's work to the doors of the only sweep that one has. */
export async function openRound(screen: Screen, title: string): Promise<void> {
  await openTab(screen, '接单');
  await press(screen, new RegExp(`^${title}`));
  await reads(screen, '还要去的');
}

export const showAll = (screen: Screen): Promise<void> => screen.getByRole('tab', { name: /^全部/ }).click();

const openDoor = (screen: Screen, door: string): Promise<void> => press(screen, new RegExp(`^${door}`));

/** Somebody was met; the fire form, with or without bare wires. */
export async function recordMet(screen: Screen, door: string, { wires }: { wires: boolean }): Promise<void> {
  await openDoor(screen, door);
  await choose(screen, '见到人了吗？', '见到了');
  await choose(screen, '电线老化或私拉乱接？', wires ? '是' : '否');
  await choose(screen, '电动车在屋里或楼道充电？', '否');
  await choose(screen, '楼道、门口堆了杂物？', '否');
  await press(screen, '记下');
}

/** Nobody was met, or nobody wanted to be. */
export async function recordInVain(
  screen: Screen,
  door: string,
  result: '不在家' | '不配合',
  words: string,
): Promise<void> {
  await openDoor(screen, door);
  await choose(screen, '见到人了吗？', result);
  await write(screen, '说明（可以不填）', words);
  await press(screen, '记下');
}

/** What was found at a door becomes an order. */
export async function orderFinding(screen: Screen, door: string, finding: string): Promise<void> {
  await showAll(screen);
  await openDoor(screen, door);
  await press(screen, `${finding}，转成单子`);
  await screen.getByRole('alertdialog').getByRole('button', { name: '转成单子', exact: true }).click();
  await reads(screen, '转成单子了');
}
