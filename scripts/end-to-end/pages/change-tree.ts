import { fillIn, openFromDesk, pick, press, pressInSheet, reads, search, write, type Screen } from './screen';

/** 网格和组织: the tree, and beside it the node of this name. */
export async function openNode(screen: Screen, name: string): Promise<void> {
  await search(screen, '按名称找', name);
  await press(screen, new RegExp(`^${name}`));
  await screen.locator('.admin-head__name', { hasText: name }).waitFor();
}

export const openTrees = (screen: Screen): Promise<void> => openFromDesk(screen, '网格和组织');

interface Change {
  readonly verb: '划转' | '合并' | '撤销';
  /** The question, and the node that answers it. */
  readonly question?: string;
  readonly into?: string;
  readonly reason: string;
  /** Left out: today. */
  readonly from?: string;
}

/** One change of the node in sight: where to, why, from which day on. */
export async function changeNode(screen: Screen, { verb, question, into, reason, from }: Change): Promise<void> {
  await press(screen, verb);
  if (question !== undefined && into !== undefined) {
    await search(screen, question, into);
    await pick(screen, new RegExp(`^${into}`));
  }
  await write(screen, '为什么改？', reason);
  if (from !== undefined) await fillIn(screen, '从哪一天起？', from);
  await pressInSheet(screen, '确定');
  await reads(screen, from === undefined ? '已生效' : '已安排，到那天生效');
}
