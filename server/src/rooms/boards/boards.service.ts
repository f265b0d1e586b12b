import { chinaDate, chinaDay, dayOf, startOfChinaDay } from '@sandan/shared/china-time';
import type { boardsApi } from '@sandan/shared/boards/boards.contract';
import type { QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin, gridsWith } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import { tiers, type GridNode } from '../../foundation/reference/tree';
import { tierOf } from '../grids/grids.queries';
import { countOrders, figureNames, type Count, type Figure } from './boards.queries';

type Figures = ReplyOf<typeof boardsApi.figures>;
type Rate = Figures['completionRate'];

/** With fewer answers a rate is chance, and with fewer orders a cell may give away a confidential one (domain.md §9, §3.5). */
const enoughForRate = 20;
const enoughForCell = 5;

/** 办结率、响应率、解决率、满意率 of one place, and what stands beside them, never inside. */
export async function figuresOf(
  reading: Reading,
  caller: Caller,
  query: QueryOf<typeof boardsApi.figures>,
): Promise<Figures> {
  const grid = query.gridId === undefined ? widestOf(caller) : gridWithin(caller, 'figures.read', query.gridId);
  const days = periodOf(query, caller.now);
  const period = { from: new Date(startOfChinaDay(days.first)), to: new Date(startOfChinaDay(days.last + 1)) };
  // A closed grid keeps the figures of its time: asked for by its own id, it is found in the reach of what stands in for it.
  const { tree } = caller.reference;
  const gridId = query.gridId ?? grid.id;
  const tier = gridId === grid.id ? grid.tier : ((await tierOf(reading, gridId)) ?? grid.tier);
  const counts = await countOrders(reading, { tier, gridId }, period);
  const cell = (name: Figure): number => cellOf(counts[name]);
  const rate = (part: Figure, of: Figure): Rate => rateOf(counts[part], counts[of]);
  return {
    ...{ gridId, gridName: gridId === grid.id ? grid.name : (tree.nameOn(gridId, period.from) ?? grid.name) },
    from: chinaDate(period.from.getTime()),
    to: chinaDate(period.to.getTime() - 1),
    accepted: cell('accepted'),
    completionRate: rate('completed', 'accepted'),
    responseRate: rate('inTime', 'accepted'),
    resolutionRate: rate('solved', 'answered'),
    satisfactionRate: rate('content', 'answered'),
    beside: Object.fromEntries(besideNames.map((name) => [name, cell(name)])) as Figures['beside'],
  };
}

const inside: readonly Figure[] = ['accepted', 'completed', 'inTime', 'answered', 'solved', 'content'];
const besideNames = figureNames.filter((name) => !inside.includes(name));

/** Confidential orders count in totals, never in a cell below five. */
const cellOf = ({ all, confidential }: Count): number => (all < enoughForCell ? all - confidential : all);

const rateOf = (part: Count, of: Count): Rate =>
  of.all < enoughForRate
    ? { part: cellOf(part), of: cellOf(of), rate: null }
    : { part: part.all, of: of.all, rate: Math.round((part.all / of.all) * 1000) / 1000 };

/** Where somebody looks who names no place: the highest grid that he may see figures of. */
function widestOf(caller: Caller): GridNode {
  const [widest] = gridsWith(caller, 'figures.read').sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier));
  if (!widest) throw new Problem('grid.not-found');
  return widest;
}

const oneYear = 365;

/** China days, both included; the year up to today when nothing is said. */
function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }, now: Date) {
  const last = to === undefined ? chinaDay(now.getTime()) : dayNumber(to, 'to');
  const first = from === undefined ? last - oneYear : dayNumber(from, 'from');
  if (first > last) throw new Problem('request.bad-input', { fields: { to: '结束要晚于开始' } });
  return { first, last };
}

function dayNumber(date: string, field: string): number {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (year < 2000 || year > 2100) throw new Problem('request.bad-input', { fields: { [field]: '日期不对' } });
  return dayOf(year, month, day);
}
