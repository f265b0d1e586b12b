import { z } from 'zod';
import { Ulid } from '../schemas';
import { RoundStateCode } from './round.schema';

/** One line of the year's figures: a town, an organisation with all below it, or one member. */
export const FigureRow = z
  .object({
    /** `alone`: the organisation's own deeds and its own members, without what is below it. */
    kind: z.enum(['town', 'organization', 'alone', 'person']),
    /** Of the town's grid, the organisation or the member. */
    id: Ulid,
    name: z.string(),
    roundId: Ulid,
    organizationId: Ulid,
    /** There is something below to look at. */
    opens: z.boolean(),
    organizations: z.int(),
    members: z.int(),
    owed: z.int(),
    /** Counts towards what is owed: public and not given up. */
    counted: z.int(),
    /** Written and not yet public; null for whoever does not watch over them. */
    drafted: z.int().nullable(),
    /** Made public, whatever became of it, but for what was released: the base of `share`. */
    promised: z.int(),
    delivered: z.int(),
    /** Accepted, or kept once the year is closed. */
    done: z.int(),
    overdue: z.int(),
    disputed: z.int(),
    /**
     * done ÷ promised, 0–1; in a closed year that is 兑现率. Null below `figureLimits.base` promised deeds: nobody is
     * ranked by one or two.
     */
    share: z.number().nullable(),
    /** Of those who owe, how many have fewer counted deeds than they owe; null for whoever does not watch over them. */
    underMinimum: z.int().nullable(),
    raters: z.int(),
    stars: z.number().nullable(),
  })
  .meta({ id: 'FigureRow' });

const order = z.enum(['name', 'share']).default('name');

export const FiguresQuery = z.object({
  /** The organisation to look into; left out, the town's committee. */
  under: Ulid.optional(),
  /** Its own deeds and members, without what is below it. */
  alone: z.stringbool().optional(),
  order,
});

export const YearFiguresQuery = z.object({ order });

export const Figures = z
  .object({
    year: z.int(),
    round: z.object({ id: Ulid, state: RoundStateCode, stateName: z.string(), isOver: z.boolean() }),
    /** From the town's committee down to what is looked at. */
    line: z.array(z.object({ id: Ulid, name: z.string() })),
    whole: FigureRow,
    rows: z.array(FigureRow),
    /** May be put in order of what was done: organisations, never persons. */
    sortable: z.boolean(),
    /** Rows per member are for who watches over them; others find the members' deeds on the wall. */
    hidesMembers: z.boolean(),
  })
  .meta({ id: 'CommitmentFigures' });

/** The towns of a county in one year. */
export const YearFigures = z.object({ year: z.int(), rows: z.array(FigureRow) }).meta({ id: 'CommitmentYearFigures' });
