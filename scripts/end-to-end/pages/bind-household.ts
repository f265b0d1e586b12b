import { choose, fillIn, openTab, pick, press, pressInSheet, reads, write, type Screen } from './screen';

interface Said {
  readonly phone: string;
  readonly village: string;
  readonly group: string;
  readonly head: string;
  readonly door: string;
}

/** 绑定手机, by somebody whose number the roster does not have: he says whose house it is, and is shown nothing of it. */
export async function askToBeBound(screen: Screen, { phone, village, group, head, door }: Said): Promise<void> {
  await press(screen, /^绑定手机/);
  await fillIn(screen, '手机号', phone);
  await press(screen, '绑定');
  await choose(screen, '哪个村', village);
  await choose(screen, '哪个组', group);
  await write(screen, '户主的姓名', head);
  await write(screen, '门牌号', door);
  await press(screen, '交给网格员核实');
  await reads(screen, '您的请求已经交上去了');
}

/** 核实身份, from the desk: who of the roster it is, and how one knows. */
export async function confirmIdentity(screen: Screen, who: RegExp, proof: string): Promise<void> {
  await openTab(screen, '工作台');
  await press(screen, '核实身份，1 件');
  await press(screen, /^自己报的户主和门牌/);
  await pick(screen, who);
  await choose(screen, '怎么核实的', proof);
  await pressInSheet(screen, '核实了，是本人');
  await reads(screen, '没有要核实的');
}

/** 门牌码, scanned by somebody who lives elsewhere. */
export async function askToCare(screen: Screen, kinship: string): Promise<void> {
  await press(screen, '我在外地，想照看这一户');
  await choose(screen, '什么人', kinship);
  await pressInSheet(screen, '请家里人同意');
  await reads(screen, '等家里同意');
}
