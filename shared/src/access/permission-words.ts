import { commitmentLifecycle, type CommitmentAction } from '../commitments/commitment.lifecycle';
import { roundLifecycle, type RoundAction } from '../commitments/round.lifecycle';
import { showcaseLifecycle, type ShowcaseAction } from '../commitments/showcase.lifecycle';
import { orderLifecycle, type OrderAction } from '../orders/order.lifecycle';
import { taskLifecycle, type TaskAction } from '../orders/task.lifecycle';
import { bindingLifecycle, type BindingAction } from '../people/binding.lifecycle';
import { sweepLifecycle, type SweepAction } from '../sweeps/sweep.lifecycle';
import type { Permission } from './roles';

type OfLifecycle =
  | `order.${OrderAction}`
  | `task.${TaskAction}`
  | `commitment.${CommitmentAction}`
  | `round.${RoundAction}`
  | `showcase.${ShowcaseAction}`
  | `binding.${BindingAction}`
  | `sweep.${SweepAction}`;

/** Permissions that are no step of a lifecycle. One without words does not compile. */
const otherWords: Readonly<Record<Exclude<Permission, OfLifecycle>, string>> = {
  'order.read': '看单子（本人的，或管的地方的）',
  'order.readAffairs': '看村务建议、村务疑问',
  'order.desk': '看研判台',
  'order.revealContact': '看联系电话（每次都有记录）',
  'task.read': '看任务',
  'inspection.draw': '抽查',
  'inspection.read': '看历次抽查',
  'figures.read': '看办结率等数字',
  'wechat.read': '看微信接入的情况',
  'setting.read': '看镇的设置',
  'setting.change': '改镇的设置',
  'person.find': '找人（派单、转办、代点）',
  'person.endSessions': '让丢了手机的人退出登录（下级的人）',
  'person.resetSecondFactor': '清除二次验证（下级的人，每次都有记录）',
  'photo.upload': '传照片',
  'voice.upload': '传录音',
  'opinion.give': '对小程序提意见',
  'opinion.answer': '答复意见',
  'content.review': '内容审核：显示或屏蔽别人写的内容',
  'content.complain': '投诉别人写的内容',
  'message.read': '看自己的消息',
  'link.askAnother': '想换一位联系党员',
  'link.arrange': '安排联户',
  'visit.record': '走访联系户、记走访',
  'visit.watch': '看大走访的数字、提醒走访',
  'phone.publish': '同意公开自己的电话',
  'audit.read': '看审计记录',
  'audit.setRules': '定审计记录保存多久',
  'access.review': '看岗位权限表，查久未登录、到期的账号',
  'commitment.read': '看承诺',
  'commitment.import': '导入承诺',
  'roster.import': '导入名册（网格、党组织、人员、户籍）',
  'round.watch': '看谁还没承诺、谁不够数',
  'post.read': '看谁担任什么职务',
  'post.give': '任命（按任命表，往下任命）',
  'post.end': '免职（按任命表）',
  'post.disable': '停用、恢复账号',
  'post.delegate': '外出时请人代理',
  'tree.read': '看网格和党组织的人员、历史',
  'tree.change': '改网格和党组织',
  'handover.prepare': '换届交接',
  'privacy.publish': '发布隐私告知',
  'person.erase': '替去世的人、书面申请的人注销',
  'correction.decide': '核对更正申请',
  'household.see': '看自己家、照看的家、联系的户',
  'household.read': '看服务的户',
  'household.manage': '登记家庭成员和变化',
  'household.flags': '看和登记特殊情况',
  'household.neighbours': '看自己这片的户',
  'binding.read': '看等核实的绑定',
  'binding.rebind': '核实换手机、换微信的',
  'activity.join': '看自己这里的活动，报名、签到',
  'activity.save': '发布活动，看谁报名、谁到场',
  'poster.print': '印自己这里的码和海报',
  'sweep.read': '看排查的进度',
  'sweep.record': '记自己去的住户',
  'sweep.recordAny': '代记管的地方的住户',
  'sweep.chooseFlags': '按低保、残疾等特殊情况选户（有记录，只看户数，看不到是哪几户）',
  'sweep.export': '导出排查结果（有记录）',
  'sweep.exportNames': '导出时带户主（隐去中间的字）',
};

const wordsIn = (
  thing: string,
  actions: Readonly<Record<string, { readonly name: string }>>,
): [permission: string, words: string][] =>
  Object.entries(actions).map(([action, { name }]) => [`${thing}.${action}`, name]);

/** Every permission in the order in which things happen, with what a secretary or an auditor reads. */
export const permissionWords = Object.fromEntries([
  ...wordsIn('order', orderLifecycle.actions),
  ...wordsIn('task', taskLifecycle.actions),
  ...wordsIn('commitment', commitmentLifecycle.actions),
  ...wordsIn('round', roundLifecycle.actions),
  ...wordsIn('showcase', showcaseLifecycle.actions),
  ...wordsIn('binding', bindingLifecycle.actions),
  ...wordsIn('sweep', sweepLifecycle.actions),
  ...Object.entries(otherWords),
]) as Readonly<Record<Permission, string>>;

/** What stands before the dot. */
export const permissionThings = {
  order: '点单、下单',
  task: '接单',
  commitment: '双向承诺',
  round: '承诺年度',
  showcase: '打擂比武',
  sweep: '入户排查',
  inspection: '抽查',
  figures: '数字',
  setting: '设置',
  roster: '名册',
  person: '人员',
  photo: '照片',
  voice: '录音',
  opinion: '投诉建议',
  content: '内容审核',
  message: '消息',
  audit: '审计',
  access: '权限核查',
  post: '任职',
  tree: '网格和党组织',
  handover: '换届交接',
  link: '联户',
  poster: '码和海报',
  activity: '活动',
  visit: '大走访',
  phone: '公开电话',
  privacy: '隐私告知',
  correction: '更正申请',
  household: '村民家庭',
  binding: '身份绑定',
  wechat: '微信接入',
} as const satisfies Record<ThingOf<Permission>, string>;
type ThingOf<P extends string> = P extends `${infer Thing}.${string}` ? Thing : never;
export type PermissionThing = keyof typeof permissionThings;
export const thingOfPermission = (permission: Permission): PermissionThing =>
  permission.slice(0, permission.indexOf('.')) as PermissionThing;
