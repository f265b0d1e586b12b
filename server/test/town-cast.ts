import type { GrantedRole, HelperKind } from '@sandan/shared/access/roles';
import type { Skill } from '@sandan/shared/orders/order.words';

export type GridName = 'county' | 'town' | 'villageA' | 'villageB' | GroupName;
export type GroupName = 'a1' | 'a2' | 'a3' | 'b1' | 'b2' | 'b3';

/** Who lives in which household; the first is its head. */
export const households = {
  resident: { group: 'a1', door: '12号' },
  member: { group: 'a1', door: '15号' },
  hubKeeper: { group: 'a1', door: '1号' },
  otherResident: { group: 'a2', door: '8号' },
  farResident: { group: 'b1', door: '3号' },
} as const satisfies Record<string, { group: GroupName; door: string }>;

export type HouseholdName = keyof typeof households;

export interface Part {
  name: string;
  household?: HouseholdName;
  role?: GrantedRole;
  kind?: HelperKind;
  /** The grid of the role; the secretary's role stands on the branch that is tied to it. */
  over?: GridName;
  tree?: 'party';
  skills?: Skill[];
}

const partyMember = (name: string, over: GridName, more: Partial<Part> = {}): Part => ({
  ...{ name, over, role: 'helper', kind: 'partyMember' },
  ...more,
});
const officer = (name: string, role: GrantedRole, over: GridName): Part => ({ name, role, over });

/** Everybody whom a test may call by name. */
export const cast = {
  resident: { name: '王桂英', household: 'resident' },
  spouse: { name: '陈大柱', household: 'resident' },
  otherResident: { name: '黄阿妹', household: 'otherResident' },
  farResident: { name: '林水生', household: 'farResident' },
  /** The resident's child, away in the city. */
  child: { name: '陈志远' },
  newcomer: { name: '新邻居0001' },

  /** Linked to the resident's household. */
  member: partyMember('李晓峰', 'a1', { household: 'member' }),
  member2: partyMember('张建平', 'villageA'),
  member3: partyMember('罗秋月', 'villageA'),
  memberOutside: partyMember('何振东', 'villageB'),
  electrician: { name: '曾电生', role: 'helper', kind: 'volunteer', over: 'villageA', skills: ['electric'] },

  hubKeeper: { name: '林秀珍', household: 'hubKeeper', role: 'hubKeeper', over: 'a1' },
  groupLead: officer('黄伟明', 'smallGridLead', 'a1'),
  gridWorker: officer('陈小燕', 'gridWorker', 'a1'),
  deskLead: officer('刘建华', 'deskLead', 'villageA'),
  deskLead2: officer('叶志强', 'deskLead', 'villageA'),
  deskLeadOutside: officer('邓国梁', 'deskLead', 'villageB'),
  townDispatcher: officer('周敏', 'townDispatcher', 'town'),
  townDispatcher2: officer('梁文静', 'townDispatcher', 'town'),
  inspector: officer('郑小兰', 'inspector', 'town'),
  inspector2: officer('谢长河', 'inspector', 'town'),
  disciplineDesk: officer('冯正清', 'disciplineDesk', 'town'),
  liaison: officer('马晓东', 'villageLiaison', 'villageA'),
  villageSupervisor: officer('杨德厚', 'villageSupervisor', 'villageA'),
  secretary: { ...officer('何国栋', 'partySecretary', 'villageA'), tree: 'party' },
  secretaryOutside: { ...officer('温宝山', 'partySecretary', 'villageB'), tree: 'party' },
  townSecretary: { ...officer('江海涛', 'partySecretary', 'town'), tree: 'party' },
  townDeputy: { ...officer('沈丽萍', 'deputySecretary', 'town'), tree: 'party' },
  externalKeeper: officer('苏联通', 'externalKeeper', 'villageA'),
  admin: officer('赵文斌', 'admin', 'county'),
  auditor: officer('钱审之', 'auditor', 'county'),
  townAuditor: officer('卢明察', 'auditor', 'town'),
} as const satisfies Record<string, Part>;

export type PersonName = keyof typeof cast;
