/** 0.9999 → 99.9%: a share is never rounded up to all. */
export const shareWords = (share: number): string => `${(Math.floor(share * 1_000) / 10).toFixed(1)}%`;

/** 4.7 分（320 人次）; null while there are too few to be told. */
export const starsTold = ({ stars, raters }: { stars: number | null; raters: number }): string | null =>
  stars === null ? null : `${stars.toFixed(1)} 分（${raters} 人次）`;
