import { go } from '../../lib/navigation';
import type { IconName } from '../../ui/icon';

/** What is done from the desk, by what one does; the order of the headings is that of the day's work. */
export const entryGroups = {
  orders: '办事',
  households: '走访与联户',
  commitments: '承诺',
  rosters: '名册与岗位',
  watching: '监督与审计',
  setting: '设置与数据',
} as const;
export type EntryGroup = keyof typeof entryGroups;

/** What the server counts as waiting (boards.waiting, commitments.counts). */
export interface Waiting {
  readonly reviews: number;
  readonly bindings: number;
  readonly corrections: number;
  readonly linkRequests: number;
  readonly uncovered: number;
  readonly heldTasks: number;
  readonly calls: number;
  readonly contents: number;
}

export interface Entry {
  /** What the server says one may do at all. */
  readonly can: string;
  readonly group: EntryGroup;
  readonly icon: IconName;
  readonly words: string;
  readonly open: () => Promise<void>;
  /** How many wait there for whoever sees it. */
  readonly counts?: readonly (keyof Waiting)[];
  /** Stands there only while something waits. */
  readonly rare?: true;
}

/** The one place for them: a new page of the desk is a line here. */
const entries: readonly Entry[] = [
  {
    can: 'order.settle',
    group: 'orders',
    icon: 'clipboard-pen',
    words: '代人点单',
    open: () => go('place', { way: 'proxy' }),
  },
  { can: 'order.settle', group: 'orders', icon: 'circle-check-big', words: '当场办结', open: () => go('settle') },
  {
    can: 'task.keep',
    group: 'orders',
    icon: 'refresh-cw',
    words: '换届任务',
    open: () => go('claims'),
    counts: ['heldTasks'],
    rare: true,
  },
  {
    can: 'order.noteCall',
    group: 'orders',
    icon: 'phone',
    words: '电话通知',
    open: () => go('calls'),
    counts: ['calls'],
  },
  { can: 'order.accept', group: 'orders', icon: 'file-text', words: '今日待办', open: () => go('calls') },
  { can: 'figures.read', group: 'orders', icon: 'chart-column', words: '数字', open: () => go('figures') },
  {
    can: 'opinion.answer',
    group: 'orders',
    icon: 'message-square-text',
    words: '投诉建议',
    open: () => go('answerOpinions'),
  },

  { can: 'household.read', group: 'households', icon: 'house', words: '村民家庭', open: () => go('households', {}) },
  { can: 'activity.save', group: 'households', icon: 'calendar-days', words: '活动', open: () => go('activities') },
  { can: 'poster.print', group: 'households', icon: 'qr-code', words: '码和海报', open: () => go('posters') },
  {
    can: 'link.arrange',
    group: 'households',
    icon: 'heart-handshake',
    words: '联户',
    open: () => go('householdLinks'),
    counts: ['linkRequests', 'uncovered'],
  },
  { can: 'visit.watch', group: 'households', icon: 'hand-heart', words: '大走访', open: () => go('visitFigures') },
  { can: 'sweep.read', group: 'households', icon: 'clipboard-list', words: '入户排查', open: () => go('sweeps') },

  {
    can: 'commitment.approve',
    group: 'commitments',
    icon: 'handshake',
    words: '审诺亮诺',
    open: () => go('reviewCommitments'),
    counts: ['reviews'],
  },
  { can: 'round.watch', group: 'commitments', icon: 'users-round', words: '谁还没承诺', open: () => go('debtors') },
  { can: 'round.watch', group: 'commitments', icon: 'calendar-days', words: '承诺年度', open: () => go('round') },
  { can: 'showcase.set', group: 'commitments', icon: 'trophy', words: '打擂比武', open: () => go('showcases') },

  { can: 'post.read', group: 'rosters', icon: 'user-round', words: '人员任职', open: () => go('findHolder') },
  { can: 'tree.read', group: 'rosters', icon: 'layout-grid', words: '网格和组织', open: () => go('trees') },
  { can: 'tree.read', group: 'rosters', icon: 'users-round', words: '一格三员', open: () => go('gridStaff', {}) },
  { can: 'handover.prepare', group: 'rosters', icon: 'refresh-cw', words: '换届交接', open: () => go('handovers') },
  { can: 'roster.import', group: 'rosters', icon: 'file-spreadsheet', words: '导入名册', open: () => go('rosters') },
  {
    can: 'binding.read',
    group: 'rosters',
    icon: 'user-round',
    words: '核实身份',
    open: () => go('bindings'),
    counts: ['bindings'],
  },
  {
    can: 'correction.decide',
    group: 'rosters',
    icon: 'pencil',
    words: '更正申请',
    open: () => go('decideCorrections'),
    counts: ['corrections'],
  },

  { can: 'inspection.read', group: 'watching', icon: 'dices', words: '督查', open: () => go('draws') },
  {
    can: 'content.review',
    group: 'watching',
    icon: 'shield-alert',
    words: '内容审核',
    open: () => go('contentReviews'),
    counts: ['contents'],
  },
  { can: 'audit.read', group: 'watching', icon: 'shield-check', words: '审计记录', open: () => go('auditLog') },
  { can: 'access.review', group: 'watching', icon: 'user-round', words: '账号核查', open: () => go('accountReviews') },
  { can: 'access.review', group: 'watching', icon: 'clipboard-list', words: '岗位权限', open: () => go('roleTable') },

  { can: 'setting.read', group: 'setting', icon: 'settings', words: '设置', open: () => go('settings') },
  { can: 'setting.change', group: 'setting', icon: 'bell', words: '微信模板', open: () => go('messageTemplates') },
  { can: 'wechat.read', group: 'setting', icon: 'message-square-text', words: '微信接入', open: () => go('wechat') },
  { can: 'privacy.publish', group: 'setting', icon: 'shield-check', words: '隐私告知', open: () => go('notices') },
];

export const entriesFor = (can: readonly string[]): Entry[] => entries.filter((entry) => can.includes(entry.can));

export interface EntrySection {
  readonly group: EntryGroup;
  readonly title: string;
  readonly entries: readonly Entry[];
}

export const sectionsOf = (some: readonly Entry[]): EntrySection[] =>
  (Object.keys(entryGroups) as EntryGroup[]).flatMap((group) => {
    const mine = some.filter((entry) => entry.group === group);
    return mine.length === 0 ? [] : [{ group, title: entryGroups[group], entries: mine }];
  });
