import type { GrantedRole, Role } from './roles';

/**
 * 任职: where a post may stand, who gives it, and what does not go together. Data, so that a reviewer can read it; no
 * imports, so that the app shows the same.
 */
export type PostTree = 'grid' | 'party';
export type PostTier = 'county' | 'town' | 'village' | 'group';

interface PostPlace {
  readonly tree: PostTree;
  /** Of the grid tree: the tiers on which it stands. Posts of the party stand on any organisation. */
  readonly tiers: readonly PostTier[];
}
const onGrid = (...tiers: PostTier[]): PostPlace => ({ tree: 'grid', tiers });
const inParty: PostPlace = { tree: 'party', tiers: [] };

export const postPlaces: Readonly<Record<GrantedRole, PostPlace>> = {
  helper: onGrid('town', 'village', 'group'),
  hubKeeper: onGrid('group'),
  smallGridLead: onGrid('group'),
  gridWorker: onGrid('group'),
  deskLead: onGrid('village'),
  townDispatcher: onGrid('county', 'town'),
  partySecretary: inParty,
  deputySecretary: inParty,
  partyGuide: onGrid('town', 'village', 'group'),
  villageLiaison: onGrid('village', 'group'),
  departmentOfficer: onGrid('county', 'town'),
  unitCoordinator: onGrid('county', 'town'),
  externalKeeper: onGrid('county', 'town', 'village'),
  mediator: onGrid('town', 'village', 'group'),
  clerk: onGrid('town', 'village'),
  inspector: onGrid('county', 'town'),
  disciplineDesk: onGrid('county', 'town'),
  villageSupervisor: onGrid('village'),
  auditor: onGrid('county', 'town'),
  admin: onGrid('county', 'town'),
};

interface Giving {
  readonly roles: readonly GrantedRole[];
  /** `within`: on the giver's own node and below it; `below`: strictly below. */
  readonly where: 'within' | 'below';
}
const helpers: readonly GrantedRole[] = ['helper', 'hubKeeper', 'mediator'];
const allPosts = Object.keys(postPlaces) as GrantedRole[];

/** Who may give, and so end, what. Nobody gives a post at his own level but the administrator, and he none like his own. */
export const givingRules: Readonly<Partial<Record<Role, readonly Giving[]>>> = {
  admin: [
    { where: 'within', roles: allPosts.filter((role) => role !== 'admin') },
    { where: 'below', roles: ['admin'] },
  ],
  partySecretary: [
    { where: 'within', roles: helpers },
    {
      where: 'below',
      roles: [
        ...(['smallGridLead', 'gridWorker', 'deskLead', 'partyGuide', 'villageLiaison'] as const),
        ...(['partySecretary', 'deputySecretary', 'villageSupervisor'] as const),
      ],
    },
  ],
};

/** 代理: posts whose holder may name somebody to act for him. What judges others, and what sees sealed complaints, is not passed on. */
export const delegable: readonly GrantedRole[] = [
  ...(['deskLead', 'townDispatcher', 'partySecretary', 'deputySecretary'] as const),
  ...(['smallGridLead', 'gridWorker', 'hubKeeper', 'villageLiaison', 'partyGuide'] as const),
];

/** 研判台 and 书记: when nobody is there, the node above serves (代管). */
export const servingRoles: readonly GrantedRole[] = ['deskLead', 'townDispatcher', 'disciplineDesk', 'partySecretary'];

/** 一格三员: 党建指导员 and 驻村干部 may stand above the small grid and serve several; the 网格员 stands on it. */
export const threeStaff: readonly GrantedRole[] = ['partyGuide', 'villageLiaison', 'gridWorker'];

export const postLimits = {
  /** A term of village committees is five years; some months for the election itself. */
  longestYears: 6,
  delegationDays: 30,
  reasonLength: 200,
} as const;
