import { z } from 'zod';
import { endpoint } from '../endpoint';
import {
  ActionId,
  Instant,
  MaskedName,
  MaskedPhone,
  NamesFromStart,
  Page,
  Phone,
  Ulid,
  keys,
  pageOf,
  text,
} from '../schemas';
import { careStates, householdEvents, householdLimits, revealPurposes, revealable } from './household-events.words';
import { flagGrounds, flagSources, householdFlags, relations, residences } from './household.words';

const HouseholdId = z.object({ householdId: Ulid });
const Day = z.iso.date('日期格式不对');
const Door = text(householdLimits.door, '请填门牌号');
const Name = text(householdLimits.name, '请填姓名');
const IdNumber = z.string().regex(/^\d{17}[\dX]$/, '请填 18 位身份证号，末位 X 用大写');

export const HouseholdCard = z
  .object({
    householdId: Ulid,
    gridId: Ulid,
    place: z.string(),
    door: z.string().nullable(),
    code: z.string().nullable(),
    head: MaskedName.nullable(),
    members: z.int(),
    isHub: z.boolean(),
  })
  .meta({ id: 'HouseholdCard' });

export const HouseholdAllow = z.enum([
  'erase',
  'change',
  'members',
  'events',
  'flags',
  'hub',
  'reveal',
  'care',
  'proxy',
  'doorCode',
]);

const Member = z.object({
  personId: Ulid,
  name: MaskedName,
  isMe: z.boolean(),
  isHead: z.boolean(),
  relation: z.enum(keys(relations)).nullable(),
  relationName: z.string().nullable(),
  residence: z.enum(keys(residences)).nullable(),
  residenceName: z.string().nullable(),
  /** 60 多岁, never the birthday. */
  age: z.string().nullable(),
  /** 未满 18 岁, as far as the roster knows. */
  isMinor: z.boolean(),
  /** 监护人 by name; null: the grown-ups of the house. */
  guardianId: Ulid.nullable(),
  guardianName: MaskedName.nullable(),
  phone: MaskedPhone.nullable(),
  isBound: z.boolean(),
});
const Flag = z.object({
  flagId: Ulid,
  flag: z.enum(keys(householdFlags)),
  name: z.string(),
  personId: Ulid.nullable(),
  sourceName: z.string(),
  since: z.string(),
  checkedUntil: z.string(),
  isDue: z.boolean(),
});
export const Care = z.object({
  careId: Ulid,
  /** The carer's to the household, the place of the household to the carer. */
  who: z.string(),
  kinshipName: z.string(),
  state: z.enum(keys(careStates)),
  stateName: z.string(),
  householdId: Ulid,
  allows: z.array(z.enum(['agree', 'refuse', 'end'])),
});
const Proxy = z.object({
  proxyId: Ulid,
  forName: MaskedName,
  agentName: z.string(),
  howName: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
  isRunning: z.boolean(),
  mayRevoke: z.boolean(),
});

export const HouseholdDetail = HouseholdCard.extend({
  linkedMember: z.object({ personId: Ulid, name: z.string() }).nullable(),
  hubKeeper: MaskedName.nullable(),
  closedAt: Instant.nullable(),
  people: z.array(Member),
  /** Null: not this reader's to see. */
  flags: z.array(Flag).nullable(),
  events: z.array(z.object({ kindName: z.string(), on: z.string(), name: MaskedName.nullable() })),
  /** Who may be named 监护人 here; empty for whoever does not keep the roll. */
  mayGuard: z.array(z.object({ personId: Ulid, name: MaskedName })),
  carers: z.array(Care),
  proxies: z.array(Proxy),
  /** Orders that somebody else placed for this household, newest first. */
  orderedForUs: z.array(z.object({ orderId: Ulid, title: z.string(), by: z.string(), at: Instant })),
  allows: z.array(HouseholdAllow),
}).meta({ id: 'HouseholdDetail' });

/** What the keeper of a hub household sees of a house near by: enough to order for somebody there, and no more. */
const Neighbours = z.object({
  householdId: Ulid,
  place: z.string(),
  door: z.string().nullable(),
  head: MaskedName.nullable(),
  people: z.array(z.object({ personId: Ulid, name: MaskedName, relationName: z.string().nullable() })),
  /** Who of them has let the reader act for him, until when. */
  consents: z.array(z.object({ name: MaskedName, endsOn: z.string() })),
});

export const householdsApi = {
  list: endpoint({
    method: 'get',
    path: '/households',
    permission: 'household.read',
    summary: '我服务的户',
    query: Page.extend({
      gridId: Ulid.optional(),
      only: z.enum(['hub', 'checkDue']).optional(),
    }),
    reply: pageOf(HouseholdCard).extend({ count: z.int(), countIsMore: z.boolean() }),
  }),
  // In the body: a name, a phone and a door stand in no address and no log.
  search: endpoint({
    method: 'post',
    path: '/households/search',
    permission: 'household.read',
    summary: '找一户（姓名，或准确的电话、门牌、户号）',
    body: z
      .object({
        name: text(householdLimits.search).optional(),
        phone: Phone.optional(),
        door: Door.optional(),
        code: text(householdLimits.code).optional(),
        /** Of this press: a search by phone is counted and written down, and sent again it is the same one. */
        actionId: Ulid.optional(),
      })
      .refine(
        ({ name, phone, door, code }) => [name, phone, door, code].some((each) => each !== undefined),
        '请填一样',
      ),
    reply: z.object({ items: z.array(HouseholdCard), namesFromStart: NamesFromStart }),
  }),
  neighbours: endpoint({
    method: 'get',
    path: '/households/neighbours',
    permission: 'household.neighbours',
    summary: '我这片的户（中心户看的：替谁点单，不看号码和特殊情况）',
    reply: z.object({ items: z.array(Neighbours) }),
  }),
  // In the body: a number stands in no address and no log.
  coming: endpoint({
    method: 'post',
    path: '/households/coming',
    permission: 'household.manage',
    summary: '找一位现在不在任何一户的人（准确的手机号或身份证号），好办迁入',
    body: ActionId.extend({ phone: Phone.optional(), idNumber: IdNumber.optional() }).refine(
      ({ phone, idNumber }) => (phone === undefined) !== (idNumber === undefined),
      '请填手机号或身份证号',
    ),
    reply: z.object({ items: z.array(z.object({ personId: Ulid, name: MaskedName })) }),
  }),
  read: endpoint({
    method: 'get',
    path: '/households/:householdId',
    permission: 'household.see',
    summary: '一户的情况',
    params: HouseholdId,
    reply: HouseholdDetail,
  }),
  reveal: endpoint({
    method: 'post',
    path: '/households/:householdId/reveal',
    permission: 'household.see',
    summary: '看号码（每次都有记录）',
    params: HouseholdId,
    body: ActionId.extend({
      personId: Ulid,
      what: z.enum(keys(revealable)),
      purpose: z.enum(keys(revealPurposes), '请选择为什么要看'),
    }),
    reply: z.object({ value: z.string().nullable() }),
  }),
  open: endpoint({
    method: 'put',
    path: '/households/:householdId',
    permission: 'household.manage',
    summary: '登记一户，或改门牌、户号',
    params: HouseholdId,
    body: z.object({ gridId: Ulid, door: Door, code: text(householdLimits.code).nullable().default(null) }),
    reply: HouseholdDetail,
  }),
  saveMember: endpoint({
    method: 'put',
    path: '/households/:householdId/members/:personId',
    permission: 'household.manage',
    summary: '登记或更正一个家庭成员',
    params: HouseholdId.extend({ personId: Ulid }),
    body: z.object({
      /** What is left out stays as it was. */
      name: Name.optional(),
      phone: Phone.nullable().optional(),
      idNumber: IdNumber.nullable().optional(),
      /** Where only the year is known. */
      birthYear: z.int().min(1900).max(2100).nullable().optional(),
      /** Left out with an identity number: the day that stands in it. */
      bornOn: Day.nullable().optional(),
      /** 监护人 of a child; null: the grown-ups of the house. */
      guardianId: Ulid.nullable().optional(),
      relation: z.enum(keys(relations), '请选择与户主关系'),
      residence: z.enum(keys(residences), '请选择在不在家'),
    }),
    reply: HouseholdDetail,
  }),
  record: endpoint({
    method: 'post',
    path: '/households/:householdId/events',
    permission: 'household.manage',
    summary: '家里的变化：去世、婚嫁、分户、返乡、迁移、换户主、销户',
    params: HouseholdId,
    body: ActionId.extend({
      /** 换到别的组 is done by `open`: the whole house has another grid. */
      kind: z.enum(keys(householdEvents)).exclude(['regroup']),
      on: Day,
      personIds: z.array(Ulid).max(20).default([]),
      /** Where they go. */
      toHouseholdId: Ulid.optional(),
      /** 分户: the new house. */
      newDoor: Door.optional(),
      /** Who is the head from now on. */
      headId: Ulid.optional(),
    }),
    reply: HouseholdDetail,
  }),
  addFlag: endpoint({
    method: 'post',
    path: '/households/:householdId/flags',
    permission: 'household.see',
    summary: '登记特殊情况',
    params: HouseholdId,
    body: ActionId.extend({
      flag: z.enum(keys(householdFlags)),
      personId: Ulid.optional(),
      source: z.enum(keys(flagSources), '请选择怎么知道的'),
      ground: z.enum(keys(flagGrounds)).optional(),
      since: Day,
    }),
    reply: HouseholdDetail,
  }),
  checkFlag: endpoint({
    method: 'post',
    path: '/households/:householdId/flags/:flagId/check',
    permission: 'household.see',
    summary: '核对过了：还是这样，或已经不是',
    params: HouseholdId.extend({ flagId: Ulid }),
    body: ActionId.extend({ holds: z.boolean() }),
    reply: HouseholdDetail,
  }),
  setHub: endpoint({
    method: 'post',
    path: '/households/:householdId/hub',
    permission: 'household.manage',
    summary: '设立或撤销中心户',
    params: HouseholdId,
    body: ActionId.extend({ keeperId: Ulid.nullable() }),
    reply: HouseholdDetail,
  }),
};
