import type { Person } from '../people';
import { fileFrom, openTab, press, pressInDialog, pressInSheet, reads, write, type Screen } from './screen';

type AtHome = Pick<Person, 'page' | 'reopen'>;

/** 我的 → 隐私与数据 → what one does there. */
export async function openOwnData({ page, reopen }: AtHome, what: RegExp): Promise<void> {
  await reopen();
  await openTab(page, '我的');
  await press(page, /^隐私与数据/);
  await press(page, what);
}

export async function exportMine(person: AtHome, format: 'JSON' | 'PDF'): Promise<{ name: string; path: string }> {
  await openOwnData(person, /^导出我的信息/);
  const words = format === 'PDF' ? '导出，看得懂的（PDF）' : '导出给别的系统用的（JSON）';
  return fileFrom(person.page, () => pressInSheet(person.page, words));
}

/** 更正: a line of the roster, what is right, and why. */
export async function askCorrection(person: AtHome, line: string, right: string, why: string): Promise<void> {
  const { page } = person;
  await openOwnData(person, /^更正我的信息/);
  await press(page, new RegExp(`^${line}`));
  await write(page, '正确的是', right);
  await write(page, '说明', why);
  await pressInSheet(page, '请村里核对');
  await reads(page, '等村里核对');
}

/** 更正申请, at the desk: compared with the papers, and put right. */
export async function decideCorrection(screen: Screen, compared: string): Promise<void> {
  await openTab(screen, '工作台');
  await press(screen, '更正申请，1 件');
  await press(screen, '核对无误，改好');
  await screen.getByRole('radio', { name: compared, exact: true }).click();
  await pressInSheet(screen, '改好');
  await reads(screen, '没有更正申请');
}

export async function closeAccount(person: AtHome): Promise<void> {
  const { page } = person;
  await openOwnData(person, /^注销我的账号/);
  await press(page, '申请注销');
  await pressInDialog(page, '申请注销');
  await reads(page, '已经申请注销');
}
