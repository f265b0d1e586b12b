import type { ReplyOf } from '@sandan/shared/endpoint';
import { relations } from '@sandan/shared/households/household.words';
import type { householdsApi } from '@sandan/shared/households/households.contract';
import type { Caller } from '../../foundation/access/caller';
import { maskName } from '../../foundation/access/masking';
import { gridsWith } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import { today } from './due-dates';
import { placeName } from './households.presenter';
import { consentsTo, neighboursIn } from './neighbours.queries';

type Api = typeof householdsApi;

/** 我这片的户: for whom the keeper of a hub household may order, by door. No number, nothing that is noted of anybody. */
export async function neighbours(reading: Reading, caller: Caller): Promise<ReplyOf<Api['neighbours']>> {
  const { tree } = caller.reference;
  const served = gridsWith(caller, 'household.neighbours').flatMap(({ id }) =>
    tree.grids.filter((grid) => tree.isWithin(grid.id, id)),
  );
  const rows = await neighboursIn(reading, [...new Set(served.map(({ id }) => id))]);
  const consents = await consentsTo(reading, caller.personId, today(caller.now));
  const items = rows.map(({ id, gridId, door, headName, people }) => ({
    ...{ householdId: id, place: placeName(gridId, tree), door: reading.vault.open('household.door', door) },
    head: headName === null ? null : maskName(headName),
    people: people.map(([personId, name, relation]) => ({
      ...{ personId, name: maskName(name), relationName: relation === null ? null : relations[relation] },
    })),
    consents: consents.flatMap(({ personId, endsOn }) => {
      const [, name] = people.find(([each]) => each === personId) ?? [];
      return name === undefined ? [] : [{ name: maskName(name), endsOn }];
    }),
  }));
  return { items: items.sort(byDoor) };
}

/** 2号 stands before 12号; the door is sealed, so it cannot be sorted in the database. */
const byDoor = (one: { place: string; door: string | null }, other: { place: string; door: string | null }): number =>
  one.place.localeCompare(other.place, 'zh-CN') ||
  (one.door ?? '').localeCompare(other.door ?? '', 'zh-CN', { numeric: true });
