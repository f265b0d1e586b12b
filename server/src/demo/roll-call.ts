import { standingOf } from '@sandan/shared/sweeps/sweep-standing';
import { householdResult, type PersonStanding } from '@sandan/shared/sweeps/sweep.words';
import { fingerprintOf } from '../foundation/fingerprint';
import type { Said } from '../rooms/sweeps/record.service';
import type { Sweep, SweepTarget } from '../rooms/sweeps/sweep.entity';
import type { Home } from './homes';
import { targetsOf, type Round, type SweepScene } from './sweep-scene';

const standings: readonly (readonly [PersonStanding, number])[] = [
  ['moved', 78],
  ['relatives', 14],
  ['refused', 4],
  ['notFound', 4],
];

/** 转移安置点名 half way: most people called one by one, some of a household still missing, some who do not want to go. */
export function callTheRoll(scene: SweepScene, sweep: Sweep, round: Round): void {
  for (const { target, home, isVisited } of targetsOf(scene, sweep, round))
    if (isVisited) callHome(scene, sweep, { target, home, at: new Date(scene.random.between(round.from, round.to)) });
}

interface Calling {
  target: SweepTarget;
  home: Home;
  at: Date;
}

function callHome({ random, rows }: SweepScene, sweep: Sweep, { target, home, at }: Calling): void {
  // In one of eight somebody was in the fields: he is called again later.
  const called = home.members.length > 1 && random.chance(0.12) ? home.members.slice(0, -1) : home.members;
  const place = random.pick(sweep.places);
  const persons = called.map(({ row }): Said['persons'][number] => {
    const standing = random.weighted<PersonStanding>(standings);
    return {
      ...{ personId: row.id, standing },
      ...(standing === 'moved' ? { placeId: place.id } : {}),
      ...(standing === 'relatives' ? { words: '县城亲戚家' } : {}),
    };
  });
  const said: Said = { answers: {}, persons, confirmedIds: [], additions: null, words: null };
  const result = householdResult(persons.map(({ standing }) => standing));
  const peopleMet = persons.filter(({ standing }) => standing !== 'notFound').length;
  const byId = target.holderId ?? sweep.setById;
  const id = random.id(at);
  rows.visits.push({
    ...{ id, sweepId: sweep.id, targetId: target.id, byId, result, visitedAt: at, recordedAt: at, late: 0 },
    ...{ additions: 0, peopleMet, findings: 0, said: JSON.stringify(said) },
    fingerprint: fingerprintOf({ targetId: target.id, at: at.getTime() }),
  });
  rows.persons.push(
    ...persons.map(({ personId, standing, placeId = null }) => ({
      ...{ targetId: target.id, personId, sweepId: sweep.id, standing, placeId, visitId: id, byId, visitedAt: at },
    })),
  );
  const { state, tries } = standingOf([{ id, result, visitedAt: at.getTime() }]);
  const isAnybodyMissing = called.length < home.members.length;
  Object.assign(target, {
    ...{ state: state === 'met' && isAnybodyMissing ? 'todo' : state, tries, visitId: id, visitedAt: at, peopleMet },
  });
}
