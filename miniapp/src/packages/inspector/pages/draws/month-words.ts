/** '2026-11' → 2026年11月 */
export const monthWords = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return `${year}年${number}月`;
};
