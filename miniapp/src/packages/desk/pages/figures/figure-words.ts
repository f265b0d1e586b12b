import type { ReplyFrom } from '../../../../lib/endpoints';

export type Figures = ReplyFrom<'boards.figures'>;
type Rate = Figures['completionRate'];

/** 96.2%: one decimal, and no false precision beyond it. */
const percent = (rate: number): string => `${(Math.round(rate * 1_000) / 10).toFixed(1)}%`;

/** With fewer than twenty a rate is chance (domain.md §9): then only the counts are said. */
export const rateWords = ({ rate }: Rate): string => (rate === null ? '—' : percent(rate));

/** 办结 412 件，共受理 430 件; 答复不足 20 件，不算比率：3 / 7 */
export function baseWords({ part, of, rate }: Rate, partName: string, ofName: string): string {
  const counts = `${partName} ${part} 件，${ofName} ${of} 件`;
  return rate === null ? `${ofName}不足 20 件，不算比率。${counts}` : counts;
}

/** What each rate counts, for whoever is measured by it. */
export const rates = [
  {
    key: 'completionRate',
    name: '办结率',
    part: '办结',
    of: '受理',
    meaning: '受理的里面，已经办结的。',
  },
  {
    key: 'responseRate',
    name: '响应率',
    part: '按时联系',
    of: '受理',
    meaning: '受理的里面，在时限内联系到本人的。',
  },
  {
    key: 'resolutionRate',
    name: '解决率',
    part: '说办好了',
    of: '答复',
    meaning: '群众答复的里面，说事情办好了的。没回音的不算在内。',
  },
  {
    key: 'satisfactionRate',
    name: '满意率',
    part: '四星五星',
    of: '答复',
    meaning: '群众答复的里面，给四颗星、五颗星的。',
  },
] as const;

/** What stands beside the rates and is never inside of them. */
export const besideNames: Record<keyof Figures['beside'], string> = {
  running: '正在办',
  unanswered: '没回音，到期办结',
  declined: '不予受理',
  merged: '并到别的单子',
  converted: '转到别处办',
  withdrawn: '群众撤单',
  onTheSpot: '当场办结',
  selfHandled: '研判的人自己办的',
  planned: '列入计划',
  beyondPower: '转报上级或外单位',
  reopened: '没办好，重办过',
};

export const periods = [
  { value: 'month', words: '近 30 天', days: 30 },
  { value: 'quarter', words: '近 90 天', days: 90 },
  { value: 'year', words: '近一年', days: 365 },
] as const;
export type Period = (typeof periods)[number]['value'];
