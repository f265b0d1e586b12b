/** 内容检查, as told to those who may see it all the same: others do not, at least not yet; or a person has hidden it. */
export const heldIn = (held: number): { held?: true; hidden?: true } => ({
  ...(held === 0 ? {} : { held: true }),
  ...(held === 2 ? { hidden: true } : {}),
});
