import { choose, fillIn, openFromDesk, press, pressInDialog, reads, write, type Screen } from './screen';

interface RollCall {
  readonly orderedBy: string;
  readonly area: string;
  readonly place: { readonly name: string; readonly address: string; readonly capacity: string };
}

/** 转移安置点名: planned from its template, and begun at once. */
export async function callTheRoll(screen: Screen, { orderedBy, area, place }: RollCall): Promise<void> {
  await openFromDesk(screen, '入户排查');
  await press(screen, '新建排查');
  await choose(screen, '照哪个样子', '防汛防台转移点名');
  await write(screen, '谁交办的？', orderedBy);
  await choose(screen, '查哪一片', area);
  await write(screen, '安置点 1', place.name);
  await write(screen, '在哪里', place.address);
  await fillIn(screen, '可住几人', place.capacity);
  await press(screen, '存下来');
  await press(screen, '开始');
  await pressInDialog(screen, '开始');
  await reads(screen, '还没点到');
}

/** At one door: the whole house is brought to this place, but for one who does not want to go. */
export async function callFamily(screen: Screen, door: string, place: string, staying: string): Promise<void> {
  await press(screen, new RegExp(`^${door}`));
  await choose(screen, '转移到哪里', place);
  await press(screen, '全家转移了');
  await choose(screen, `${staying}在哪里`, '不愿转移');
  await press(screen, '记下');
}

/** How many stand where, on the board: 已转移. */
export const counted = (screen: Screen, name: string): Promise<string> =>
  screen.locator('.sweep-numbers__one', { hasText: name }).locator('.sweep-numbers__number').innerText();
