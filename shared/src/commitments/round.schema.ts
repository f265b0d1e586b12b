import { z } from 'zod';
import { StageCode } from '../orders/order.schema';
import { Ulid, keys } from '../schemas';
import { Day, Organization } from './commitment.schema';
import { exemptionReasons } from './commitment.words';
import { roundLifecycle, type RoundAction, type RoundState } from './round.lifecycle';

export const RoundStateCode = z.enum(keys<RoundState>(roundLifecycle.states)).meta({ id: 'RoundState' });
export const RoundActionCode = z.enum(keys<RoundAction>(roundLifecycle.actions)).meta({ id: 'RoundAction' });
export const ExemptionCode = z.enum(keys(exemptionReasons), '请选择一项');

export const Minima = z
  .object({
    organization: z.int().min(0).max(50),
    personal: z.int().min(0).max(50),
    secretaryProject: z.int().min(0).max(50),
    livelihoodProject: z.int().min(0).max(50),
  })
  .meta({ id: 'Minima' });

export const Round = z
  .object({
    id: Ulid,
    townId: Ulid,
    organizationId: Ulid,
    year: z.int(),
    state: RoundStateCode,
    stateName: z.string(),
    stage: StageCode,
    minima: Minima,
    draftsUntil: Day,
    reviewsUntil: Day,
    endsOn: Day,
    /** 党组织 that owe deeds of their own, by rank. */
    ranks: z.array(z.enum(['committee', 'generalBranch', 'branch', 'cell'])),
    allows: z.array(RoundActionCode),
  })
  .meta({ id: 'Round' });

export const Counts = z
  .object({
    organizations: z.int(),
    members: z.int(),
    owed: z.int(),
    /** Written and not yet public; null for whoever does not watch over them. */
    drafted: z.int().nullable(),
    published: z.int(),
    delivered: z.int(),
    accepted: z.int(),
    disputed: z.int(),
    overdue: z.int(),
    kept: z.int(),
    partlyKept: z.int(),
    notKept: z.int(),
    abandoned: z.int(),
    carriedOver: z.int(),
    /** 兑现率 of the results there are; null while there are none. */
    keptShare: z.number().nullable(),
    /** Of those who owe, how many have fewer counted deeds than they owe; null for whoever does not watch over them. */
    underMinimum: z.int().nullable(),
    raters: z.int(),
    stars: z.number().nullable(),
  })
  .meta({ id: 'CommitmentCounts' });

export const Debtor = z
  .object({
    kind: z.enum(['organization', 'person']),
    id: Ulid,
    name: z.string(),
    organization: Organization,
    owed: z.int(),
    counted: z.int(),
    drafted: z.int(),
    /** Joined later: the month from which deeds are owed. */
    fromMonth: z.int().nullable(),
    exempt: ExemptionCode.nullable(),
    exemptWords: z.string().nullable(),
    remindedToday: z.boolean(),
    /** remind, exempt, readmit: what may be done about this one. */
    allows: z.array(RoundActionCode),
  })
  .meta({ id: 'Debtor' });

/** A member whose organisation is below the town's committee, and whether he is on this year's list. */
export const RosterMember = z
  .object({
    personId: Ulid,
    name: z.string(),
    organization: Organization,
    standing: z.enum(['owes', 'exempt']).nullable(),
  })
  .meta({ id: 'RosterMember' });
