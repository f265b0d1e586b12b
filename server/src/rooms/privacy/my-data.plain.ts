import { callReasons } from '@sandan/shared/calls/call.words';
import { channelNames } from '@sandan/shared/access/access.words';
import { consentWays, careStates, householdEvents, kinships } from '@sandan/shared/households/household-events.words';
import { visitResults, type VisitResult } from '@sandan/shared/households/visit.words';
import { bindingLifecycle, type BindingState } from '@sandan/shared/people/binding.lifecycle';
import { bindingKinds } from '@sandan/shared/people/binding.words';
import { checkStates, checkedThings, complaintReasons, hideReasons } from '@sandan/shared/reviews/review.words';
import { templates } from '@sandan/shared/subscriptions/subscription.words';
import { maskName } from '../../foundation/access/masking';
import type { PlainSection } from './my-data.queries';

export interface PlainWords {
  section: PlainSection;
  title: string;
  /** `told` says a code in words, or masks the name of another one. */
  columns: readonly (readonly [title: string, column: string, told?: (value: string) => string])[];
}

const inWords =
  (words: Readonly<Record<string, string>>) =>
  (code: string): string =>
    words[code] ?? code;

const thingName = inWords(Object.fromEntries(Object.entries(checkedThings).map(([field, { name }]) => [field, name])));

const careColumns: PlainWords['columns'] = [
  ['状态', 'state', inWords(careStates)],
  ['从', 'since'],
  ['到', 'until'],
];
const proxyColumns: PlainWords['columns'] = [
  ['谁', 'who', maskName],
  ['怎么同意的', 'how', inWords(consentWays)],
  ['从', 'since'],
  ['到', 'until'],
  ['取消', 'revoked'],
];

const templateName = inWords(Object.fromEntries(Object.entries(templates).map(([kind, { name }]) => [kind, name])));
const wechatStates = {
  ...{ waiting: '等着发', sending: '正在发', sent: '发出了', unknown: '微信没有回答' },
  ...{ noCredit: '没有允许，没有发', refused: '微信没有收', dropped: '过时了，没有发' },
};

export const plainSections: readonly PlainWords[] = [
  {
    section: 'answers',
    title: '评价过的单子',
    columns: [
      ['几星', 'stars'],
      ['说的话', 'words'],
    ],
  },
  { section: 'joined', title: '说过“我也是”的单子', columns: [['说的话', 'words']] },
  {
    section: 'ratings',
    title: '给承诺评的星',
    columns: [
      ['承诺', 'title'],
      ['几星', 'stars'],
      ['说的话', 'words'],
    ],
  },
  {
    section: 'complaints',
    title: '投诉过的内容',
    columns: [
      ['什么', 'field', thingName],
      ['为什么', 'reason', inWords(complaintReasons)],
      ['说的话', 'words'],
      ['结果', 'outcome', inWords({ upheld: '已经不再显示', dismissed: '没有发现问题' })],
    ],
  },
  {
    section: 'checks',
    title: '写的内容怎样检查的',
    columns: [
      ['什么', 'field', thingName],
      ['结果', 'state', inWords(checkStates)],
      ['原因', 'reason', inWords(hideReasons)],
    ],
  },
  {
    section: 'activities',
    title: '报名的活动',
    columns: [
      ['活动', 'title'],
      ['签到', 'came'],
      ['不去了', 'leftAt'],
    ],
  },
  {
    section: 'opinions',
    title: '投诉建议',
    columns: [
      ['说的话', 'words'],
      ['答复', 'answer'],
    ],
  },
  {
    section: 'messages',
    title: '收到的消息',
    columns: [
      ['标题', 'title'],
      ['内容', 'words'],
    ],
  },
  {
    section: 'calls',
    title: '村里要打给我的电话',
    columns: [
      ['为什么', 'reason', inWords(callReasons)],
      ['结果', 'state', inWords({ waiting: '还没打通', visit: '上门去', reached: '打通了', unneeded: '不用打了' })],
      ['没人接几次', 'tries'],
      ['记的话', 'words'],
    ],
  },
  {
    section: 'agreed',
    title: '允许的微信通知',
    columns: [
      ['通知', 'kind', templateName],
      ['最近一次', 'choice', inWords({ accept: '允许', reject: '不允许', ban: '关掉了', filter: '关掉了' })],
      ['允许过几次', 'times'],
      ['用了几次', 'used'],
    ],
  },
  {
    section: 'onWechat',
    title: '发到微信的通知',
    columns: [
      ['通知', 'kind', templateName],
      ['结果', 'state', inWords(wechatStates)],
    ],
  },
  {
    section: 'commitments',
    title: '我的承诺',
    columns: [
      ['承诺', 'title'],
      ['内容', 'words'],
      ['到哪天', 'deadline'],
    ],
  },
  { section: 'claims', title: '接过的单', columns: [['单子', 'title']] },
  {
    section: 'photos',
    title: '上传的照片',
    columns: [
      ['宽', 'width'],
      ['高', 'height'],
    ],
  },
  {
    ...{ section: 'voices', title: '上传的录音' },
    columns: [
      ['秒', 'seconds'],
      ['机器听写', 'words'],
    ],
  },
  {
    section: 'cameToUs',
    title: '到我家的走访',
    columns: [
      ['谁', 'who'],
      ['结果', 'result', (result) => visitResults[result as VisitResult].name],
      ['说的话', 'words'],
    ],
  },
  {
    section: 'caring',
    title: '我照看的家',
    columns: [['关系', 'kinship', inWords(kinships)], ...careColumns],
  },
  {
    section: 'caredFor',
    title: '照看我家的人',
    columns: [['谁', 'who', maskName], ['关系', 'kinship', inWords(kinships)], ...careColumns],
  },
  { section: 'proxies', title: '我请人代办', columns: proxyColumns },
  { section: 'agentFor', title: '我替人代办', columns: proxyColumns },
  {
    section: 'bindings',
    title: '绑定身份的请求',
    columns: [
      ['怎么认的', 'kind', inWords(bindingKinds)],
      ['状态', 'state', (state) => bindingLifecycle.states[state as BindingState].name],
      ['报的户主', 'head', maskName],
      ['答复', 'decision'],
    ],
  },
  {
    section: 'linkRequests',
    title: '换联系党员的请求',
    columns: [
      ['说的话', 'words'],
      ['答复', 'answer'],
    ],
  },
  {
    section: 'events',
    title: '家里的变化',
    columns: [
      ['变化', 'kind', inWords(householdEvents)],
      ['哪天', 'day'],
    ],
  },
  { section: 'signIns', title: '登录记录', columns: [['方式', 'channel', inWords(channelNames)]] },
];
