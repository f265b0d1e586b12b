import { personStandings, type PersonStanding } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import { needRank, needsOf } from './needs.queries';
import { doorsOver, knowsNeeds, reachOver, targetsWithin } from './sweeps.policy';
import type { SweepRecord } from './sweeps.queries';

const shown = 100;
const livesThere = 'p.household_id = t.household_id AND p.disabled_at IS NULL AND p.erased_at IS NULL';

interface Standing {
  standing: PersonStanding | null;
  placeId: string | null;
  people: number;
}

/** 转移到了哪里: people by standing and place, and who is not moved yet. */
export async function rollCallOf(db: Reading, sweep: SweepRecord, caller: Caller) {
  const within = targetsWithin(reachOver(caller, 'sweep.read', sweep));
  const rows = await db.query<Standing>(
    `SELECT s.standing, s.place_id AS placeId, COUNT(*) AS people
     FROM sweep_target t JOIN person p ON ${livesThere}
       LEFT JOIN sweep_person s ON s.target_id = t.id AND s.person_id = p.id
     WHERE t.sweep_id = ? AND ${within.sql} GROUP BY s.standing, s.place_id`,
    [sweep.id, ...within.values],
  );
  const count = (matches: (row: Standing) => boolean): number =>
    rows.filter(matches).reduce((sum, { people }) => sum + Number(people), 0);
  const standing = (wanted: PersonStanding | null): number => count((row) => row.standing === wanted);
  return {
    places: sweep.places.map((place) => ({ ...place, people: count(({ placeId }) => placeId === place.id) })),
    ...{ moved: standing('moved'), relatives: standing('relatives'), refused: standing('refused') },
    ...{ notFound: standing('notFound'), returned: standing('returned'), waiting: standing(null) },
    ...(await notMoved(db, sweep, caller)),
  };
}

interface NotMovedRow {
  targetId: string;
  householdId: string;
  gridId: string;
  personId: string;
  name: string;
  door: Sealed | null;
  standing: PersonStanding | null;
  holder: string | null;
  knows: number;
  need: number;
}

/** Who cannot move alone stands first, for whoever may know it of them: an order tells as much as a word (需知). */
function rowsNotMoved(db: Reading, sweep: SweepRecord, caller: Caller): Promise<NotMovedRow[]> {
  const within = targetsWithin(doorsOver(caller, sweep));
  const rank = needRank(db, 't.household_id', 'p.id');
  const knows = knowsNeeds(caller, sweep);
  return db.query<NotMovedRow>(
    `SELECT t.id AS targetId, t.household_id AS householdId, t.grid_id AS gridId, p.id AS personId, p.name,
            h.door_sealed AS door, s.standing, holder.name AS holder, ${knows.sql} AS knows,
            IF(${knows.sql}, ${rank.sql}, ?) AS need
     FROM sweep_target t JOIN household h ON h.id = t.household_id JOIN person p ON ${livesThere}
       LEFT JOIN sweep_person s ON s.target_id = t.id AND s.person_id = p.id
       LEFT JOIN person holder ON holder.id = t.holder_id
     WHERE t.sweep_id = ? AND ${within.sql} AND (s.standing IS NULL OR s.standing IN ('refused', 'notFound'))
     ORDER BY need, t.grid_id, t.id, p.id LIMIT ${shown + 1}`,
    [...knows.values, ...knows.values, ...rank.values, rank.none, sweep.id, ...within.values],
  );
}

async function notMoved(db: Reading, sweep: SweepRecord, caller: Caller) {
  const found = await rowsNotMoved(db, sweep, caller);
  const known = found.filter(({ knows }) => Number(knows) === 1).map(({ householdId }) => householdId);
  const needs = await needsOf(db, [...new Set(known)]);
  const people = found.slice(0, shown).map(({ targetId, personId, holder, ...row }) => ({
    ...{ targetId, personId, name: maskName(row.name), holder, need: Number(row.need) },
    door: db.vault.open('household.door', row.door),
    group: caller.reference.tree.grid(row.gridId)?.name ?? '',
    standing: row.standing === null ? '还没点到' : personStandings[row.standing],
    needs: needs
      .filter((need) => need.householdId === row.householdId && (need.personId ?? personId) === personId)
      .map(({ name }) => name),
  }));
  people.sort(
    (one, other) =>
      one.need - other.need ||
      byPlace.compare(one.group, other.group) ||
      byPlace.compare(one.door ?? '', other.door ?? ''),
  );
  return { notMoved: people.map(({ need: _, ...person }) => person), notMovedIsMore: found.length > shown };
}

const byPlace = new Intl.Collator('zh-CN', { numeric: true });
