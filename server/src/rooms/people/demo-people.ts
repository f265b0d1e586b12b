/** The prepared people of the demo town, one per role, in the order in which the sign-in page shows them. */
export interface DemoPersonWords {
  readonly key: string;
  readonly name: string;
  readonly roleName: string;
  /** What to try as this person. */
  readonly tryThis: string;
}

export const demoPeople = [
  {
    key: 'resident',
    name: '王桂英',
    roleName: '群众',
    tryThis: '王婶家的路灯刚修好，等她说说办得行不行；也可以点一件新的单，说一声就有人办。',
  },
  {
    key: 'son',
    name: '陈志远',
    roleName: '在外地的儿子',
    tryThis: '人在外地，照看家里的王婶：看看她的单子办到哪一步了，也替她点一单。',
  },
  {
    key: 'member',
    name: '李晓峰',
    roleName: '党员',
    tryThis: '王婶家的联系党员小李。到“接单”里接一件，约好时间，办完拍张照片；自己的承诺记一笔进展。',
  },
  {
    key: 'gridWorker',
    name: '陈小燕',
    roleName: '网格员',
    tryThis: '走访时替不会用手机的老人点单，小事当场办结；核实新邻居是哪一户的，更正一户的成员。',
  },
  {
    key: 'groupLead',
    name: '黄伟明',
    roleName: '小网格长',
    tryThis: '看看三组这几天的单子，当场办结一件，办不了的上报村里。',
  },
  {
    key: 'deskLead',
    name: '刘建华',
    roleName: '村级网格长',
    tryThis: '研判今天的新单：当场办结、受理、派给合适的人，或者说清楚为什么不受理。',
  },
  {
    key: 'hubKeeper',
    name: '林秀珍',
    roleName: '党员中心户',
    tryThis: '替没有手机的邻居点单，再打电话回访，问问事情办好没有。',
  },
  {
    key: 'secretary',
    name: '何国栋',
    roleName: '党总支书记',
    tryThis: '审一审党员报来的承诺，把审过的公示出来，验收一件兑现的；再看看全村的单子，督办一件超时的。',
  },
  {
    key: 'supervisor',
    name: '杨德厚',
    roleName: '村务监督委员会',
    tryThis: '看看村民对村务、财务提了什么疑问，村里怎么答复的。',
  },
  {
    key: 'townSecretary',
    name: '邓永康',
    roleName: '镇党委书记',
    tryThis: '看看全镇的承诺办到哪一步了：审各村报来的实事，到现场验收，公开答复一件有异议的。',
  },
  {
    key: 'townDeputy',
    name: '许静雯',
    roleName: '镇党委副书记',
    tryThis:
      '到“承诺年度”里看今年走到哪一步、谁还不够数，提醒一声；再筹备打擂比武，请评委在手机上打分，结束后请书记签字定榜。',
  },
  {
    key: 'dispatcher',
    name: '周敏',
    roleName: '镇网格中心',
    tryThis: '处理村里上报的单子，核查群众说“还是没办好”的事。',
  },
  {
    key: 'inspector',
    name: '郑小兰',
    roleName: '督查员',
    tryThis: '上个月抽到的单子还有几件没查，打开看看：通过、记问题，或退回重办；也可以抽这个月的。',
  },
  {
    key: 'auditor',
    name: '钟慧明',
    roleName: '审计员',
    tryThis: '看看谁登录过、看过谁的电话、导出过什么、定过什么事，核查久未登录和快到期的账号，打印岗位权限表。',
  },
  {
    key: 'admin',
    name: '赵文斌',
    roleName: '管理员',
    tryThis: '看看全县的办结率、满意率，答复大家对小程序的意见。',
  },
] as const satisfies readonly DemoPersonWords[];

export type DemoKey = (typeof demoPeople)[number]['key'];
