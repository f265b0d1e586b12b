import { startOfChinaDay, chinaDay } from '@sandan/shared/china-time';
import type { VisitNeed, VisitResult } from '@sandan/shared/households/visit.words';
import type { DueWork } from '../foundation/due-work/due-work.entity';
import { endOfMonth, startOfMonth } from '../rooms/households/due-dates';
import type { LinkRequest, Visit } from '../rooms/households/visit.entity';
import { digestClock } from '../rooms/households/visits.due-work';
import type { Home } from './homes';
import type { Places } from './places';
import { demoSite, type DemoLink, type Population } from './population';
import type { Random } from './random';

interface Scene {
  population: Population;
  places: Places;
  random: Random;
  today: Date;
}

export interface Visits {
  visits: Visit[];
  requests: LinkRequest[];
  clocks: Partial<DueWork>[];
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
const months = 3;

const results: readonly (readonly [VisitResult, number])[] = [
  ['met', 82],
  ['notHome', 13],
  ['declined', 2],
];
const said: readonly string[] = [
  '身体还好，地里的花生收完了。',
  '孩子在外面做工，过年回来。',
  '屋后的水沟堵了，下雨会漫进来。',
  '聊了聊医保缴费的事，已经交了。',
  '老人家腿脚不便，帮忙看了药。',
  '家里在晒谷，一切都好。',
];
const needs: readonly VisitNeed[] = ['repair', 'medical', 'documents', 'farming'];

/** 大走访 of the last months: most households every month, some found locked, some forgotten. Changes the links accordingly. */
export function tellVisits(scene: Scene): Visits {
  const { population, places, today } = scene;
  const homes = new Map(population.homes.map((home) => [home.row.id, home]));
  const visits = population.links.flatMap((link) => {
    const home = homes.get(link.householdId);
    return home ? visitsOfLink(scene, link, home) : [];
  });
  leaveSomeOpen(scene);
  return { visits, requests: [askForAnother(scene)], clocks: [digestClock(places.town.grid.id, today)] };
}

function visitsOfLink(scene: Scene, link: DemoLink, home: Home): Visit[] {
  const { random, today } = scene;
  const told = Array.from({ length: months }, (_, back) => months - 1 - back).flatMap((back) => {
    // This month is not over: a third have not been visited yet.
    if (!random.chance(back === 0 ? 0.6 : 0.93)) return [];
    return [visitIn(scene, link, home, back)];
  });
  const visits = told.filter(({ at }) => at < today);
  const done = visits.filter(({ result }) => result !== 'notHome').at(-1);
  const tried = visits.filter(({ result, at }) => result === 'notHome' && (!done || at > done.at));
  Object.assign(link, {
    ...{ lastVisitAt: done?.at ?? null, lastVisitResult: done?.result ?? null, tries: tried.length },
    ...{
      lastTriedAt: tried.at(-1)?.at ?? null,
      nextDueOn: endOfMonth(done?.at ?? startOfMonth(today, -1), done ? 1 : 0),
    },
  });
  return visits;
}

function visitIn({ random, today, places }: Scene, { memberId }: DemoLink, home: Home, back: number): Visit {
  const begin = startOfMonth(today, -back);
  const end = back === 0 ? today : startOfMonth(today, 1 - back);
  const days = Math.max(1, Math.floor((end.getTime() - begin.getTime()) / dayMs));
  const day = startOfChinaDay(chinaDay(begin.getTime()) + random.int(0, days - 1));
  const at = new Date(day + random.int(9, 19) * hourMs + random.int(0, 59) * 60_000);
  const result = random.weighted(results);
  const met = result === 'met' ? home.members.find(({ age }) => age >= 18) : undefined;
  return {
    ...{ id: random.id(at), householdId: home.row.id, gridId: home.row.gridId, townId: places.town.grid.id, memberId },
    ...{ result, at, recordedAt: at, metPersonId: met?.row.id ?? null, metWords: null },
    words: result === 'met' && random.chance(0.4) ? random.pick(said) : null,
    needs: result === 'met' && random.chance(0.06) ? [random.pick(needs)] : [],
    ...{ lat: null, lng: null, fingerprint: random.bytes(32), changes: 0 },
  };
}

const unlinked = 9;

/** A member of the demo village moved away last month: some households wait for the secretary's plan. */
function leaveSomeOpen({ population, places, random, today }: Scene): void {
  const { village, group } = demoSite(places);
  const inVillage = population.homes.filter(
    ({ row, group: own }) => own.grid.villageId === village.grid.id && own.grid.id !== group.grid.id && row.isHub === 0,
  );
  const chosen = new Set(
    random
      .shuffle(inVillage)
      .slice(0, unlinked)
      .map(({ row }) => row.id),
  );
  for (const link of population.links) {
    if (chosen.has(link.householdId))
      Object.assign(link, { endsAt: new Date(today.getTime() - 20 * dayMs), endReason: 'memberLeft' });
  }
}

/** Somebody in the group asks for another member, without a reason. */
function askForAnother({ population, places, random, today }: Scene): LinkRequest {
  const { group } = demoSite(places);
  const { prepared, homes, links } = population;
  const at = new Date(today.getTime() - 2 * dayMs);
  for (const home of homes.filter(
    ({ row }) => row.gridId === group.grid.id && row.id !== prepared.resident.row.householdId,
  )) {
    const link = links.find(({ householdId, endsAt }) => householdId === home.row.id && endsAt === null);
    const asker = home.members.find(({ age, row }) => age > 20 && row.phone !== null && row.demoKey === null);
    if (!link || !asker) continue;
    return {
      ...{ id: random.id(at), householdId: home.row.id, gridId: group.grid.id, memberId: link.memberId },
      ...{
        personId: asker.row.id,
        words: null,
        at,
        settledAt: null,
        settledById: null,
        newMemberId: null,
        answer: null,
      },
    };
  }
  throw new Error('Nobody of the demo group can ask for another member');
}
