import { choose, fillIn, press, pressInDialog, reads, search, type Screen } from './screen';

interface Handover {
  readonly leaving: RegExp;
  readonly successor: string;
  /** The last day of the new term. */
  readonly until: string;
  readonly at: { readonly day: string; readonly time: string };
}

/** 换届交接 from the page of the village: why, when, who leaves and who follows; then what will change, row by row. */
export async function prepareHandover(screen: Screen, { leaving, successor, until, at }: Handover): Promise<void> {
  await press(screen, '换届交接');
  await choose(screen, '原因', '换届');
  await fillIn(screen, '什么时候生效？，哪一天', at.day);
  await fillIn(screen, '什么时候生效？，几点', at.time);
  await press(screen, leaving);
  await search(screen, '按姓名或完整手机号找人', successor);
  await press(screen, new RegExp(`^${successor}`));
  await reads(screen, `离任，由${successor}接任`);
  await fillIn(screen, '到哪一天为止', until);
  await press(screen, '准备好，看看会变什么');
  await reads(screen, '到时会变的');
}

/** 取消交接 before it has come, 撤回 within a day of it. */
export async function takeBack(screen: Screen, how: '取消交接' | '撤回', then: string): Promise<void> {
  await press(screen, how);
  await pressInDialog(screen, how);
  await reads(screen, then);
}
