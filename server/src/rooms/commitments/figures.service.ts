import type { roundsApi } from '@sandan/shared/commitments/rounds.contract';
import { chinaDate } from '@sandan/shared/china-time';
import type { QueryOf, ReplyOf } from '@sandan/shared/endpoint';
import { Problem } from '@sandan/shared/problems';
import { roundLifecycle } from '@sandan/shared/commitments/round.lifecycle';
import type { Caller } from '../../foundation/access/caller';
import type { Reading } from '../../foundation/database/connect';
import type { Tree } from '../../foundation/reference/tree';
import { inOrder, presentFigures, type FigureReply } from './figures.presenter';
import { emptyTally, sumOf, talliesBy, type Tally } from './figures.queries';
import type { Round } from './round.entity';
import { townsSeen, watchesOver } from './rounds.policy';
import { roundsOfYear } from './rounds.queries';

type Api = typeof roundsApi;
const todayOf = ({ now }: Caller): string => chinaDate(now.getTime());

interface Asked {
  db: Reading;
  caller: Caller;
  round: Round;
  under: string;
}

/** 承诺数字 of an organisation and of what is directly below it; of a branch, its members one by one. */
export async function figuresOf(
  db: Reading,
  caller: Caller,
  round: Round,
  { under = round.organizationId, alone = false, order }: QueryOf<Api['figures']>,
): Promise<ReplyOf<Api['figures']>> {
  const { tree } = caller.reference;
  const line = tree.organizationLine(under);
  if (!line.includes(round.organizationId)) throw new Problem('round.no-such-organization');
  const asked = { db, caller, round, under };
  const watches = watchesOver(caller, under);
  const below = alone ? null : await rowsBelow(asked);
  const looked = below ?? (await rowsAlone(asked));
  const { name = '' } = tree.organization(under) ?? {};
  const kind = alone ? 'alone' : 'organization';
  const { state, id: roundId, year } = round;
  const named = { kind, id: under, name, roundId, organizationId: under, opens: true } as const;
  return {
    year,
    round: { id: roundId, state, stateName: roundLifecycle.states[state].name, isOver: state === 'closed' },
    line: [...line.slice(0, line.indexOf(round.organizationId) + 1)]
      .reverse()
      .map((id) => ({ id, name: tree.organization(id)?.name ?? '' })),
    whole: presentFigures(named, looked.whole, watches),
    // No ranking of persons (domain.md §1): members stand by name.
    rows: inOrder(looked.rows, below === null ? 'name' : order),
    sortable: below !== null,
    hidesMembers: below === null && !watches,
  };
}

interface Looked {
  whole: Tally;
  rows: FigureReply[];
}

/** Rows of what is directly below, each with everything below it; null where nobody below promises anything. */
async function rowsBelow({ db, caller, round, under }: Asked): Promise<Looked | null> {
  const { tree } = caller.reference;
  const isRoot = under === round.organizationId;
  const { tallies } = await talliesBy(db, 'organization', {
    roundIds: [round.id],
    ...(isRoot ? {} : { organizationIds: withAllBelow(tree, under) }),
    today: todayOf(caller),
  });
  const parts = new Map<string, Tally[]>();
  for (const [id, tally] of tallies) {
    const part = partOf(tree, id, under);
    parts.set(part, [...(parts.get(part) ?? []), tally]);
  }
  const children = tree.organizationChildren(under).filter(({ id }) => parts.has(id));
  if (children.length === 0) return null;
  const rows = children.map(({ id, name }) => rowOf({ caller, round, id, name }, sumOf(parts.get(id) ?? [])));
  const own = parts.get(under);
  const alone = own ? [rowOf({ caller, round, id: under, name: '本级', kind: 'alone' }, sumOf(own))] : [];
  return { whole: sumOf([...tallies.values()]), rows: [...alone, ...rows] };
}

interface RowOf {
  caller: Caller;
  round: Round;
  id: string;
  name: string;
  kind?: 'organization' | 'alone';
}

const rowOf = ({ caller, round, id, name, kind = 'organization' }: RowOf, tally: Tally): FigureReply =>
  presentFigures(
    { kind, id, name, roundId: round.id, organizationId: id, opens: true },
    tally,
    watchesOver(caller, id),
  );

/** The child of `under` on whose side it is; `under` itself for its own, and for what has been closed since. */
function partOf(tree: Tree, id: string, under: string): string {
  const line = tree.organizationLine(id);
  return line[line.indexOf(under) - 1] ?? under;
}

const withAllBelow = (tree: Tree, id: string): string[] => [
  id,
  ...tree.organizationChildren(id).flatMap((child) => withAllBelow(tree, child.id)),
];

/** The organisation's own deeds, and a row for each of its members. */
async function rowsAlone({ db, caller, round, under }: Asked): Promise<Looked> {
  const { tallies, names } = await talliesBy(db, 'debtor', {
    roundIds: [round.id],
    organizationIds: [under],
    today: todayOf(caller),
  });
  const whole = sumOf([...tallies.values()]);
  const watches = watchesOver(caller, under);
  const roundId = round.id;
  const own = tallies.get(under) ?? emptyTally;
  const board = { kind: 'alone', id: under, name: '班子承诺', roundId, organizationId: under, opens: false } as const;
  if (!watches) return { whole, rows: [presentFigures(board, own, false)] };
  const unnamed = [...tallies.keys()].filter((id) => id !== under && !names.has(id));
  const found = await namesOf(db, unnamed);
  const people = [...tallies].flatMap(([id, tally]) => {
    if (id === under) return [];
    const name = names.get(id) ?? found.get(id) ?? '';
    return [presentFigures({ kind: 'person', id, name, roundId, organizationId: under, opens: false }, tally, true)];
  });
  return { whole, rows: [presentFigures(board, own, true), ...people] };
}

/** Whoever promises without owing: exempt, or gone to another branch since. */
async function namesOf(db: Reading, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: string; name: string }>('SELECT id, name FROM person WHERE id IN (?)', [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The towns that one sees, side by side: for whoever stands above them. */
export async function yearFiguresOf(
  db: Reading,
  caller: Caller,
  year: number,
  order: 'name' | 'share',
): Promise<ReplyOf<Api['yearFigures']>> {
  const rounds = await roundsOfYear(db, townsSeen(caller), year);
  if (rounds.length === 0) return { year, rows: [] };
  const { tallies } = await talliesBy(db, 'round', { roundIds: rounds.map(({ id }) => id), today: todayOf(caller) });
  const rows = rounds.map(({ id: roundId, townId, organizationId }) =>
    presentFigures(
      { ...{ kind: 'town', id: townId, roundId, organizationId, opens: true }, name: townName(caller, townId) },
      tallies.get(roundId) ?? emptyTally,
      watchesOver(caller, organizationId),
    ),
  );
  return { year, rows: inOrder(rows, order) };
}

const townName = ({ reference }: Caller, townId: string): string => reference.tree.grid(townId)?.name ?? '';
