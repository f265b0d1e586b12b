import type { PageName, PageParams } from '../../miniapp/src/lib/page-table';
import type { DemoKey } from '../../server/src/rooms/people/demo-people';
import type { Client } from '../../server/test/client';

/** Who of the demo town opens a page, and with what. */
interface Visit<Page extends PageName> {
  readonly as: DemoKey;
  /** `phone`: that person's. Left out by pages that open without. */
  readonly params?: (phone: Client) => Promise<Page extends keyof PageParams ? PageParams[Page] : never>;
}

/** The first of a list, as the phone of that person gets it. */
function first<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('The demo town has nothing for this page');
  return item;
}

const ownTask = async (phone: Client) => first((await phone.ok('tasks.list', { query: { scope: 'mine' } })).items);
const round = async (phone: Client) => first((await phone.ok('rounds.list')).items);
const showcase = async (phone: Client) => first((await phone.ok('showcases.list')).items);
const ownSweep = async (phone: Client) => first((await phone.ok('sweeps.mine')).items);
const activity = async (phone: Client) => ({
  activityId: first((await phone.ok('activities.list', { query: {} })).items).activityId,
});
const draw = async (phone: Client) => first((await phone.ok('inspections.list', { query: {} })).items);

async function village(phone: Client): Promise<string> {
  const { nodes } = await phone.ok('trees.outline', { params: { tree: 'grid' } });
  return first(nodes.filter(({ tierName }) => tierName === '村居')).id;
}

async function holder(phone: Client): Promise<string> {
  const node = await phone.ok('trees.node', { params: { tree: 'grid', nodeId: await village(phone) } });
  return first(node.holders).personId;
}

async function door(phone: Client): Promise<PageParams['sweepDoor']> {
  const { id: sweepId } = await ownSweep(phone);
  const { targets } = await phone.ok('sweeps.round', { params: { sweepId } });
  return { sweepId, targetId: first(targets).id };
}

async function sampledOrder(phone: Client): Promise<PageParams['inspect']> {
  const { items } = await phone.ok('inspections.read', { params: { drawId: (await draw(phone)).id } });
  return { orderId: first(items).order.id };
}

/** Every page there is, the sign-in page aside, that stands before all others: a new one without a line does not compile. */
export const pageVisits: { readonly [Page in Exclude<PageName, 'signIn'>]: Visit<Page> } = {
  home: { as: 'resident' },
  orders: { as: 'resident' },
  claims: { as: 'member' },
  desk: { as: 'deskLead' },
  me: { as: 'member' },
  profile: { as: 'resident' },
  messageWays: { as: 'resident' },
  open: { as: 'resident' },

  place: { as: 'resident', params: async () => ({ categoryId: 'streetLight' }) },
  order: {
    as: 'resident',
    params: async (phone) => ({
      orderId: first((await phone.ok('orders.list', { query: { scope: 'mine' } })).items).id,
    }),
  },
  messages: { as: 'resident' },
  opinions: { as: 'resident' },
  privacy: { as: 'resident' },
  consents: { as: 'resident' },
  looks: { as: 'resident' },
  corrections: { as: 'resident' },
  closeAccount: { as: 'resident' },
  commitments: { as: 'resident' },
  commitment: {
    as: 'resident',
    params: async (phone) => ({ commitmentId: first((await phone.ok('commitments.list', { query: {} })).items).id }),
  },
  memberCard: { as: 'member', params: async (phone) => ({ personId: (await phone.ok('people.me')).personId }) },
  myContacts: { as: 'resident' },
  commitmentFigures: { as: 'resident' },
  bind: { as: 'son' },
  door: {
    as: 'deskLead',
    params: async (phone) => {
      const { householdId: thingId } = first((await phone.ok('households.list', { query: {} })).items);
      return { door: (await phone.ok('links.give', { params: { what: 'home', thingId } })).key };
    },
  },
  household: {
    as: 'deskLead',
    params: async (phone) => ({
      householdId: first((await phone.ok('households.list', { query: {} })).items).householdId,
    }),
  },
  care: { as: 'son' },
  neighbours: { as: 'hubKeeper' },

  task: { as: 'member', params: async (phone) => ({ taskId: (await ownTask(phone)).id }) },
  report: { as: 'member', params: async (phone) => ({ taskId: (await ownTask(phone)).id }) },
  myCommitments: { as: 'member' },
  draftCommitment: { as: 'member' },
  myHouseholds: { as: 'member' },
  visit: {
    as: 'member',
    params: async (phone) => ({ householdId: first((await phone.ok('visits.households')).households).householdId }),
  },

  study: {
    as: 'deskLead',
    params: async (phone) => ({
      orderId: first((await phone.ok('orders.list', { query: { scope: 'desk' } })).items).id,
    }),
  },
  settle: { as: 'deskLead' },
  figures: { as: 'deskLead' },
  answerOpinions: { as: 'admin' },
  calls: { as: 'deskLead' },
  contentReviews: { as: 'deskLead' },
  decideCorrections: { as: 'deskLead' },
  bindings: { as: 'deskLead' },
  households: { as: 'deskLead' },
  posters: { as: 'deskLead' },

  activities: { as: 'resident' },
  activity: { as: 'deskLead', params: activity },
  setActivity: { as: 'deskLead' },
  checkIn: { as: 'resident', params: () => Promise.resolve({ code: 'ac-abcdefghjkmn-abcde-abcdefghij' }) },
  checkInScreen: { as: 'deskLead', params: activity },

  reviewCommitments: { as: 'secretary' },
  debtors: { as: 'secretary' },
  householdLinks: { as: 'secretary' },
  visitFigures: { as: 'secretary' },
  round: { as: 'townDeputy' },
  openRound: { as: 'townDeputy' },
  includeMember: { as: 'townDeputy', params: async (phone) => ({ roundId: (await round(phone)).id }) },
  importCommitments: { as: 'secretary' },

  showcases: { as: 'townDeputy' },
  showcase: { as: 'townDeputy', params: async (phone) => ({ showcaseId: (await showcase(phone)).id }) },
  scoreContestant: {
    as: 'inspector',
    params: async (phone) => ({ showcaseId: (await showcase(phone)).id, organizationId: '01J0000000000000000000000A' }),
  },
  setShowcase: { as: 'townDeputy', params: async (phone) => ({ roundId: (await round(phone)).id }) },
  showcaseHall: { as: 'townDeputy', params: async (phone) => ({ showcaseId: (await showcase(phone)).id }) },

  confirmSignIn: { as: 'deskLead', params: async () => ({ code: 'AAAAAAAA' }) },
  connectPhone: { as: 'resident', params: async () => ({ code: 'AAAAAAAA' }) },
  myPhone: { as: 'admin' },
  secondFactor: { as: 'admin' },
  sessions: { as: 'resident' },
  signInLink: { as: 'admin', params: async () => ({ k: 'A'.repeat(43) }) },

  sweeps: { as: 'deskLead' },
  sweep: {
    as: 'deskLead',
    params: async (phone) => ({ sweepId: first((await phone.ok('sweeps.list', { query: {} })).items).id }),
  },
  setSweep: { as: 'deskLead' },
  mySweeps: { as: 'member' },
  sweepRound: { as: 'member', params: async (phone) => ({ sweepId: (await ownSweep(phone)).id }) },
  sweepDoor: { as: 'member', params: door },

  trees: { as: 'admin' },
  treeNode: { as: 'admin', params: async (phone) => ({ tree: 'grid', nodeId: await village(phone) }) },
  gridStaff: { as: 'admin', params: async (phone) => ({ nodeId: await village(phone) }) },
  findHolder: { as: 'admin' },
  officeHolder: { as: 'admin', params: async (phone) => ({ personId: await holder(phone) }) },
  delegations: { as: 'deskLead' },
  handovers: { as: 'admin' },
  handover: {
    as: 'admin',
    params: async (phone) => ({ handoverId: first((await phone.ok('handovers.list')).items).id }),
  },
  prepareHandover: { as: 'admin', params: async (phone) => ({ tree: 'grid', nodeId: await village(phone) }) },
  notices: { as: 'admin' },
  settings: { as: 'admin' },
  messageTemplates: { as: 'admin' },
  rosters: { as: 'admin' },
  wechat: { as: 'admin' },

  draws: { as: 'inspector' },
  sample: { as: 'inspector', params: async (phone) => ({ drawId: (await draw(phone)).id }) },
  inspect: { as: 'inspector', params: sampledOrder },

  auditLog: { as: 'auditor' },
  accountReviews: { as: 'auditor' },
  roleTable: { as: 'auditor' },
};
