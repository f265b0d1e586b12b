import type { CommitmentKind } from './commitment.words';

/** What a wording cannot be checked by, as the help beside the form says it. It warns and never blocks. */
export interface WordingHint {
  code: 'vague' | 'noNumber' | 'noDate' | 'ordinaryDuty' | 'money' | 'makesOthers' | 'tooShort';
  words: string;
}

export interface Wording {
  kind: CommitmentKind;
  title: string;
  words: string;
  quantity?: number | null;
  deadline?: string | null;
}

const vague = [
  '尽力',
  '尽量',
  '努力',
  '加强',
  '进一步',
  '积极',
  '认真',
  '提高',
  '切实',
  '大力',
  '不断',
  '争取',
  '适时',
];
const duty = ['本职工作', '按时参加', '交纳党费', '缴纳党费', '参加学习', '遵守纪律', '按时上班', '三会一课'];
const money = ['红包', '慰问金', '现金', '发钱', '捐款'];
const others = ['下载', '注册', '安装APP', '安装app', '关注公众号', '点赞', '转发', '拉人'];
const number =
  /[0-9０-９一二两三四五六七八九十百千万]+\s*(?:米|公里|亩|户|人|次|盏|个|处|条|座|间|场|棵|面|块|台|套|天|家|名|件|吨|平方米|㎡|份|盆|根|节|小时)/;
const date =
  /(?:\d{1,2}|[一二三四五六七八九十]+)月|每(?:天|周|月|季)|(?:上|下)半年|(?:春节|清明|五一|端午|中秋|国庆|年底|年内)/;

const named = (text: string, words: readonly string[]): string[] => words.filter((word) => text.includes(word));

/**
 * "尽力", "加强", no number, no date: such a promise cannot be checked. Ordinary paid duty, money handed out in person and
 * making others install something are on the list of bad examples (domain.md §5.2).
 */
export function wordingHints({ title, words, quantity, deadline }: Wording): WordingHint[] {
  const text = `${title}\n${words}`;
  const hints: WordingHint[] = [];
  const say = (code: WordingHint['code'], sentence: string) => hints.push({ code, words: sentence });
  const soft = named(text, vague);
  if (soft.length > 0) say('vague', `“${soft.slice(0, 3).join('”“')}”说不清做没做到，写具体做什么`);
  if (words.trim().length < 10) say('tooShort', '多写几个字：在哪里，做什么，做到什么样');
  if (quantity == null && !number.test(text)) say('noNumber', '写个数：多少米、多少户、多少次');
  if (!deadline && !date.test(text)) say('noDate', '写个时间：几月底前，或每月几次');
  if (named(text, duty).length > 0) say('ordinaryDuty', '本来就该做的工作不算实事，换一件');
  if (named(text, money).length > 0) say('money', '当面发钱不算办实事，换成做一件事');
  if (named(text, others).length > 0) say('makesOthers', '不能要求群众下载、注册、点赞');
  return hints;
}
