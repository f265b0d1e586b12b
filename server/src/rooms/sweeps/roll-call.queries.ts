import { personStandings, type PersonStanding } from '@sandan/shared/sweeps/sweep.words';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import type { Reading } from '../../foundation/database/connect';
import type { Sealed } from '../../foundation/personal-data/vault';
import { needRank, needsOf } from './needs.queries';
import { doorsOver, reachOver, seesNeeds, targetsWithin } from './sweeps.policy';
import type { SweepRecord } from './sweeps.queries';

const shown = 100;
const livesThere = 'p.household_id = t.household_id AND p.disabled_at IS NULL AND p.erased_at IS NULL';

interface Standing {
  standing: PersonStanding | null;
  placeId: string | null;
  people: number;
}

/** 转移到了哪里: people by standing and place, and who is not moved yet: who cannot move alone stands first. */
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
  holderId: string | null;
  holder: string | null;
  isLinked: number;
}

async function notMoved(db: Reading, sweep: SweepRecord, caller: Caller) {
  const within = targetsWithin(doorsOver(caller, sweep));
  const rank = needRank(db, 't.household_id', 'p.id');
  const found = await db.query<NotMovedRow>(
    `SELECT t.id AS targetId, t.household_id AS householdId, t.grid_id AS gridId, p.id AS personId, p.name,
            h.door_sealed AS door, s.standing, t.holder_id AS holderId, holder.name AS holder, ${rank.sql} AS need,
            EXISTS (SELECT 1 FROM household_link l WHERE l.household_id = h.id AND l.member_id = ? AND l.ends_at IS NULL) AS isLinked
     FROM sweep_target t JOIN household h ON h.id = t.household_id JOIN person p ON ${livesThere}
       LEFT JOIN sweep_person s ON s.target_id = t.id AND s.person_id = p.id
       LEFT JOIN person holder ON holder.id = t.holder_id
     WHERE t.sweep_id = ? AND ${within.sql} AND (s.standing IS NULL OR s.standing IN ('refused', 'notFound'))
     ORDER BY need, t.grid_id, t.id, p.id LIMIT ${shown + 1}`,
    [...rank.values, caller.personId, sweep.id, ...within.values],
  );
  const rows = found.slice(0, shown);
  const needs = await needsOf(db, [...new Set(rows.map(({ householdId }) => householdId))]);
  const people = rows.map((row) => {
    const knows = seesNeeds(caller, row, Number(row.isLinked) === 1);
    const own = needs.filter(
      ({ householdId, personId }) =>
        knows && householdId === row.householdId && (personId === null || personId === row.personId),
    );
    return {
      ...{ targetId: row.targetId, personId: row.personId, name: maskName(row.name), holder: row.holder },
      door: db.vault.open('household.door', row.door),
      group: caller.reference.tree.grid(row.gridId)?.name ?? '',
      standing: row.standing === null ? '还没点到' : personStandings[row.standing],
      needs: own.map(({ name }) => name),
    };
  });
  return { notMoved: people, notMovedIsMore: found.length > shown };
}
