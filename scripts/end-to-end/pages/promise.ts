import { takePhoto, type Camera } from './photos';
import {
  choose,
  fillIn,
  openFrom,
  openSegment,
  openTab,
  press,
  pressInDialog,
  pressInSheet,
  reads,
  words as inSight,
  write,
  type Screen,
} from './screen';

export interface Promised {
  title: string;
  words: string;
  quantity: string;
  unit: string;
  /** The last day: 2026-12-15 */
  deadline: string;
  field: string;
}

/** 拟诺: 我的 → 我的承诺 → 写一件承诺, in the order of the questions; then it is read once more. */
export async function writePromise(screen: Screen, promised: Promised): Promise<void> {
  await openTab(screen, '我的');
  await press(screen, /^我的承诺.*答应大家的事/s);
  await press(screen, '写一件承诺');
  await write(screen, '答应办件什么事？', promised.title);
  await write(screen, '具体怎么做？', promised.words);
  await fillIn(screen, '做多少？', promised.quantity);
  await write(screen, '单位', promised.unit);
  await fillIn(screen, '最晚哪天办成？', promised.deadline);
  await choose(screen, '属于哪一类', promised.field);
  await press(screen, '写好了，看一看');
  await reads(screen, promised.words);
}

/** 报审, from the page of the deed. */
export async function handIn(screen: Screen): Promise<void> {
  await press(screen, '报审');
  await pressInSheet(screen, '报审');
  await reads(screen, '待审');
}

/** 审诺亮诺 of everything that waits, each in one press: 工作台 → 审诺亮诺, which tells how many there are. */
export async function approveAndPublishAll(screen: Screen): Promise<void> {
  await openTab(screen, '工作台');
  await press(screen, /^审诺亮诺(，\d+ 件)?$/);
  await together(screen, '审诺通过');
  await openSegment(screen, '看哪些', '亮诺');
  await together(screen, '一起亮诺');
}

async function together(screen: Screen, verb: string): Promise<void> {
  await press(screen, '全选');
  await press(screen, new RegExp(`^${verb} \\d+ 件$`));
  await pressInDialog(screen, verb);
  await press(screen, '知道了');
}

/** 承诺墙, from 首页: the deed by its title. */
export async function openOnWall(screen: Screen, title: string): Promise<void> {
  await openTab(screen, '首页');
  await press(screen, '看全部的承诺');
  await openFrom(screen, '承诺', title);
  await inSight(screen, '答应的事').waitFor();
}

/** 公示表 of one's own village, from the wall. */
export async function openNotice(screen: Screen): Promise<void> {
  await press(screen, '公示表');
  await pressInSheet(screen, '打开公示表');
}

/** 公示期提意见. */
export async function sayOpinion(screen: Screen, words: string): Promise<void> {
  await press(screen, '提意见');
  await write(screen, '您觉得哪里要改？', words);
  await pressInSheet(screen, '提意见');
  await reads(screen, '等答复');
}

export async function answerOpinion(screen: Screen, words: string): Promise<void> {
  await press(screen, '答复意见');
  await write(screen, '答复', words);
  await pressInSheet(screen, '公开答复');
  await reads(screen, words);
}

/** 兑现, with words, how much, and a photo. */
export async function keepPromise(
  screen: Screen,
  done: { words: string; unit: string; quantity: string; camera: Camera },
): Promise<void> {
  await press(screen, '兑现');
  await write(screen, '怎么办成的？', done.words);
  await fillIn(screen, `一共做了多少${done.unit}？`, done.quantity);
  await takePhoto(screen, done.camera);
  await pressInSheet(screen, '兑现');
  await reads(screen, '待验收');
}

/** 验收, from the queue of what is delivered: its form. */
export async function openAcceptance(screen: Screen, title: string): Promise<void> {
  await openSegment(screen, '看哪些', '验收');
  await openFrom(screen, '验收', title);
  await press(screen, '验收');
}

export async function acceptPromise(screen: Screen): Promise<void> {
  await pressInSheet(screen, '验收通过');
  await reads(screen, '已验收');
}

/** 评诺. */
export async function ratePromise(screen: Screen, stars: string): Promise<void> {
  await press(screen, '评诺');
  await choose(screen, '满意不满意', stars);
  await pressInSheet(screen, '就这样评');
  await reads(screen, '谢谢您评诺');
}
