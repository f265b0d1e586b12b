import type { ReplyFrom } from '../../lib/endpoints';

type Place = ReplyFrom<'tasks.list'>['items'][number]['place'];

/** 碧塘村 三组; the town where nothing smaller is known; behind it what the place was called when it was placed. */
export function placeWords({ town, village, group, formerly }: Place): string {
  const now = [village, group].filter((name) => name !== null).join(' ') || (town ?? '');
  return formerly === null ? now : `${now}（原${formerly}）`;
}

/** 离您的网格 320 米; 离您的网格 1.2 公里. Measured from the grid a helper serves, never from where he stands. */
export function metresWords(metres: number): string {
  if (metres < 1_000) return `离您的网格 ${Math.max(10, Math.round(metres / 10) * 10)} 米`;
  return `离您的网格 ${(metres / 1_000).toFixed(1)} 公里`;
}
