/**
 * Every page there is: name → where it lives. The build makes app.json from it (app.config.ts) and the app navigates by
 * it (navigation.ts), so nobody else writes a path. A page may move to another package by changing its line here.
 */
export const tabPages = {
  home: 'pages/home/index',
  orders: 'pages/orders/index',
  claims: 'pages/claims/index',
  desk: 'pages/desk/index',
  me: 'pages/me/index',
} as const;

export const tabNames = { home: '首页', orders: '点单', claims: '接单', desk: '工作台', me: '我的' } as const;

export const mainPages = {
  signIn: 'pages/sign-in/index',
  open: 'pages/open/index',
} as const;

export const packagePages = {
  resident: {
    place: 'pages/place/index',
    order: 'pages/order/index',
    messages: 'pages/messages/index',
    opinions: 'pages/opinions/index',
    profile: 'pages/profile/index',
    messageWays: 'pages/message-ways/index',
    privacy: 'pages/privacy/index',
    consents: 'pages/consents/index',
    looks: 'pages/looks/index',
    corrections: 'pages/corrections/index',
    closeAccount: 'pages/close-account/index',
    commitments: 'pages/commitments/index',
    commitment: 'pages/commitment/index',
    memberCard: 'pages/member-card/index',
    myContacts: 'pages/my-contacts/index',
    commitmentFigures: 'pages/commitment-figures/index',
    bind: 'pages/bind/index',
    door: 'pages/door/index',
    household: 'pages/household/index',
    care: 'pages/care/index',
    neighbours: 'pages/neighbours/index',
  },
  member: {
    task: 'pages/task/index',
    report: 'pages/report/index',
    myCommitments: 'pages/my-commitments/index',
    draftCommitment: 'pages/draft-commitment/index',
    myHouseholds: 'pages/my-households/index',
    visit: 'pages/visit/index',
  },
  desk: {
    study: 'pages/study/index',
    settle: 'pages/settle/index',
    figures: 'pages/figures/index',
    answerOpinions: 'pages/answer-opinions/index',
    calls: 'pages/calls/index',
    contentReviews: 'pages/content-reviews/index',
    decideCorrections: 'pages/corrections/index',
    bindings: 'pages/bindings/index',
    households: 'pages/households/index',
    posters: 'pages/posters/index',
  },
  secretary: {
    reviewCommitments: 'pages/review-commitments/index',
    debtors: 'pages/debtors/index',
    householdLinks: 'pages/household-links/index',
    visitFigures: 'pages/visit-figures/index',
    round: 'pages/round/index',
    openRound: 'pages/open-round/index',
    includeMember: 'pages/include-member/index',
    importCommitments: 'pages/import-commitments/index',
  },
  showcase: {
    showcases: 'pages/showcases/index',
    showcase: 'pages/showcase/index',
    scoreContestant: 'pages/score-contestant/index',
    setShowcase: 'pages/set-showcase/index',
    showcaseHall: 'pages/showcase-hall/index',
  },
  access: {
    confirmSignIn: 'pages/confirm-sign-in/index',
    secondFactor: 'pages/second-factor/index',
    sessions: 'pages/sessions/index',
    signInLink: 'pages/sign-in-link/index',
    myPhone: 'pages/my-phone/index',
    connectPhone: 'pages/connect-phone/index',
  },
  sweep: {
    sweeps: 'pages/sweeps/index',
    sweep: 'pages/sweep/index',
    setSweep: 'pages/set-sweep/index',
    mySweeps: 'pages/my-sweeps/index',
    sweepRound: 'pages/sweep-round/index',
    sweepDoor: 'pages/sweep-door/index',
  },
  activity: {
    activities: 'pages/activities/index',
    activity: 'pages/activity/index',
    setActivity: 'pages/set-activity/index',
    checkIn: 'pages/check-in/index',
    checkInScreen: 'pages/check-in-screen/index',
  },
  admin: {
    trees: 'pages/trees/index',
    treeNode: 'pages/tree-node/index',
    gridStaff: 'pages/grid-staff/index',
    findHolder: 'pages/find-holder/index',
    officeHolder: 'pages/office-holder/index',
    delegations: 'pages/delegations/index',
    handovers: 'pages/handovers/index',
    handover: 'pages/handover/index',
    prepareHandover: 'pages/prepare-handover/index',
    notices: 'pages/notices/index',
    rosters: 'pages/rosters/index',
    settings: 'pages/settings/index',
    messageTemplates: 'pages/message-templates/index',
    wechat: 'pages/wechat/index',
  },
  inspector: {
    draws: 'pages/draws/index',
    sample: 'pages/sample/index',
    inspect: 'pages/inspect/index',
  },
  auditor: {
    auditLog: 'pages/audit-log/index',
    accountReviews: 'pages/account-reviews/index',
    roleTable: 'pages/role-table/index',
  },
} as const;

export type TabName = keyof typeof tabPages;
type Packages = typeof packagePages;
export type PageName = TabName | keyof typeof mainPages | { [P in keyof Packages]: keyof Packages[P] }[keyof Packages];

/** What a page is opened with; a page that is not named here takes nothing. Values are strings, as in an address. */
export interface PageParams {
  /** `k` of a message or share card, `scene` of a printed code, `q` of an address that WeChat's own scanner read: the server tells which page that means. */
  open: { k?: string; scene?: string; q?: string };
  confirmSignIn: { code: string };
  connectPhone: { code: string };
  /** `k`: the key that `npm run admin:create` printed. */
  signInLink: { k: string };
  /** `categoryId`: already chosen. `way`: 找我的党员 or 代点 instead of an order of one's own. `followsId`: same thing
   * again. `commitmentId`: for a deed of one's own. `visitId`, `personId`: found in a visit, for whom one met; `personId` alone: the neighbour whom one orders for.
   * `gridId`, `at`: where the code hangs that was scanned, and how that place is called; `scannedKey`: what it says. */
  place: {
    categoryId?: string;
    way?: 'direct' | 'proxy' | 'visit';
    followsId?: string;
    commitmentId?: string;
    visitId?: string;
    personId?: string;
    gridId?: string;
    at?: string;
    scannedKey?: string;
  };
  /** `k`: of the link by which one was sent here. */
  activity: { activityId: string; k?: string };
  /** `activityId`: changed before it begins. */
  setActivity: { activityId?: string };
  /** What the code on the organiser's screen says. */
  checkIn: { code: string };
  checkInScreen: { activityId: string };
  /** The key of the code on a door. */
  door: { door: string };
  /** `door`: the key of the code on a door. */
  bind: { door?: string };
  household: { householdId: string };
  /** `only`: those with something to be looked at again. */
  households: { only?: 'checkDue' };
  /** `personId`: a child whom one answers for; left out: oneself. */
  looks: { personId?: string };
  corrections: { personId?: string };
  closeAccount: { personId?: string };
  order: { orderId: string };
  task: { taskId: string };
  /** `visitId`: mended, within a day. */
  visit: { householdId: string; visitId?: string };
  report: { taskId: string };
  study: { orderId: string };
  sample: { drawId: string };
  inspect: { orderId: string };
  commitment: { commitmentId: string };
  showcase: { showcaseId: string };
  scoreContestant: { showcaseId: string; organizationId: string };
  /** `showcaseId`: changed before it begins. `roundId`: a new one for that year. */
  setShowcase: { showcaseId?: string; roundId?: string };
  showcaseHall: { showcaseId: string };
  /** `commitmentId`: written anew. `orderId`: grown out of an order. `personId`, `personName`: the secretary writes for a member without a phone. */
  draftCommitment: { commitmentId?: string; personId?: string; personName?: string; orderId?: string };
  /** `organizationId`, `personId`: the wall begins with theirs, that of an organisation with all below it. */
  commitments: { roundId?: string; organizationId?: string; personId?: string };
  memberCard: { personId: string };
  /** `under`: an organisation below the town's committee; `alone`: without what is below it. */
  commitmentFigures: { roundId?: string; under?: string; alone?: 'true' };
  includeMember: { roundId: string };
  treeNode: { tree: string; nodeId: string };
  /** Without a node: where one serves oneself. */
  gridStaff: { nodeId?: string };
  officeHolder: { personId: string };
  handover: { handoverId: string };
  prepareHandover: { tree: string; nodeId: string };
  sweep: { sweepId: string };
  /** `sweepId`: a draft that is changed. */
  setSweep: { sweepId?: string };
  /** The doors one goes to. */
  sweepRound: { sweepId: string };
  sweepDoor: { sweepId: string; targetId: string };
}

export const isTab = (page: PageName): page is TabName => page in tabPages;

const inPackages: Record<string, string> = Object.assign(
  {},
  ...Object.entries(packagePages).map(([name, pages]) =>
    Object.fromEntries(Object.entries(pages).map(([page, path]) => [page, `packages/${name}/${path}`])),
  ),
);

/**
 * What may be sent on in a chat: what everybody may read anyway. On every other page WeChat's menu does not offer it, because
 * its card shows the page as it stands, with whoever's name and words (wechat.md §10.2); 朋友圈 is offered nowhere.
 */
export const sharedPages: readonly PageName[] = ['commitments', 'commitment', 'memberCard', 'activity'];

const allPages: ReadonlySet<string> = new Set([inPackages, mainPages, tabPages].flatMap(Object.keys));

/** Whether this build has such a page: a server that is newer may name one that it has not. */
export const isPage = (name: string): name is PageName => allPages.has(name);

/** `/packages/resident/pages/messages/index` */
export const pathOfPage = (page: PageName): string =>
  `/${{ ...inPackages, ...mainPages, ...tabPages }[page as string]}`;
