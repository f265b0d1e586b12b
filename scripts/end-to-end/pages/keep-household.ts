import { choose, fillIn, openFromDesk, press, pressInSheet, reads, search, write, type Screen } from './screen';

/** 村民家庭: one house, found by its door, the whole telephone number, or a part of a name. */
export async function openHousehold(screen: Screen, typed: string, found: RegExp): Promise<void> {
  await openFromDesk(screen, '村民家庭');
  await search(screen, '找一户', typed);
  await press(screen, found);
}

interface Newcomer {
  readonly name: string;
  readonly bornOn: string;
  readonly relation: string;
}

export async function registerMember(screen: Screen, { name, bornOn, relation }: Newcomer): Promise<void> {
  await press(screen, '登记一位家人');
  await write(screen, '姓名', name);
  await choose(screen, '出生日期', '知道哪一天');
  await fillIn(screen, '哪一天出生', bornOn);
  await choose(screen, '和户主的关系', relation);
  await pressInSheet(screen, '记下来');
  await reads(screen, '记好了');
}

/** 监护人 of a child under 14: one of the house, or who cares for it. */
export async function chooseGuardian(screen: Screen, child: string, guardian: string): Promise<void> {
  await press(screen, `更正${child}`);
  await choose(screen, '监护人', guardian);
  await pressInSheet(screen, '记下来');
  await reads(screen, `监护人${guardian}`);
}

/** 迁入 of somebody who belongs to no house here, by the whole number he gives. */
export async function moveInByPhone(screen: Screen, phone: string, name: string): Promise<void> {
  await press(screen, '迁入一位');
  await screen.getByRole('dialog').getByRole('tab', { name: '从外面来' }).click();
  await write(screen, '他的手机号或身份证号', phone);
  await pressInSheet(screen, '查一查');
  await screen.getByRole('checkbox', { name, exact: true }).click();
  await pressInSheet(screen, '迁进来');
  await reads(screen, '迁进来了，请更正和户主的关系');
}

/** 显示号码, with what for; it stays written down. */
export async function showNumber(screen: Screen, of: string, purpose: string, number: string): Promise<void> {
  await press(screen, `看${of}的号码`);
  await choose(screen, '为什么要看', purpose);
  await pressInSheet(screen, '显示');
  await reads(screen, number);
  await pressInSheet(screen, '看完了');
}
