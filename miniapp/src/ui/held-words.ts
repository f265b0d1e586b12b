/** 内容检查, to whoever may read what others may not: it waits, or a person has hidden it. */
export const heldWords = (hidden = false): string =>
  hidden ? '没有通过审核，别人看不到。' : '正在审核，通过后别人才看得到。';
