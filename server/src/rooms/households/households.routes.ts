import { chinaDate } from '@sandan/shared/china-time';
import { careApi, proxiesApi } from '@sandan/shared/households/care.contract';
import { householdsApi } from '@sandan/shared/households/households.contract';
import { decodeCursor } from '../../foundation/database/cursor';
import { pageOf } from '../../foundation/database/page';
import { implement, type Route } from '../../foundation/http/implement';
import { answerCare, askToCare, endCare, giveProxy, myCaring, revokeProxy } from './care.service';
import { coming } from './coming';
import { addFlag, checkFlag } from './flags.service';
import { recordEvent } from './household-events.service';
import { presentHousehold, presentHouseholdCard } from './households.presenter';
import { householdsFor, namesFromStart } from './households.queries';
import { searchHouseholds } from './search-households';
import { openHousehold, reveal, saveMember, setHub } from './households.service';
import { neighbours } from './neighbours.service';
import { visibleHousehold } from './visible-household';

export const householdsRoutes: Route[] = [
  ...implement('households', householdsApi, {
    list: async ({ db, caller, query: { cursor, limit, gridId, only } }) => {
      const { tree } = caller.reference;
      const filters = { list: 'households', personId: caller.personId, gridId, only };
      const after = decodeCursor(cursor, filters, ['id', 'id']);
      const gridIds = gridId ? tree.grids.filter(({ id }) => tree.isWithin(id, gridId)).map(({ id }) => id) : null;
      const wanted = { gridIds: gridIds?.length === 0 ? [''] : gridIds, only, today: chinaDate(caller.now.getTime()) };
      const { rows, count } = await householdsFor(db, caller, { ...wanted, after, limit: limit + 1 });
      const toReply = (row: (typeof rows)[number]) => presentHouseholdCard(row, caller);
      const page = pageOf(rows, { limit, filters, keyOf: (row) => [row.gridId, row.id], toReply });
      return { ...page, count: Math.min(count, 999), countIsMore: count > 999 };
    },
    search: async ({ db, caller, body }) => {
      const found = await searchHouseholds(db, caller, body());
      const items = found.map((record) => presentHouseholdCard(record, caller));
      return { items, namesFromStart: namesFromStart(caller) };
    },
    neighbours: ({ db, caller }) => neighbours(db, caller),
    coming: ({ db, caller, body }) => coming(db, caller, body()),
    read: async ({ db, caller, params }) =>
      presentHousehold(db, await visibleHousehold(db, caller, params.householdId), caller),
    reveal: ({ db, caller, params, body }) => reveal(db, caller, params.householdId, body),
    open: ({ db, caller, params, body }) => openHousehold(db, caller, params.householdId, body),
    saveMember: ({ db, caller, params, body }) => saveMember(db, caller, params, body),
    record: ({ db, caller, params, body }) => recordEvent(db, caller, params.householdId, body),
    addFlag: ({ db, caller, params, body }) => addFlag(db, caller, params.householdId, body),
    checkFlag: ({ db, caller, params, body }) => checkFlag(db, caller, params, body),
    setHub: ({ db, caller, params, body }) => setHub(db, caller, params.householdId, body),
  }),
  ...implement('care', careApi, {
    mine: ({ db, caller }) => myCaring(db, caller),
    ask: ({ db, caller, body }) => askToCare(db, caller, body()),
    answer: ({ db, caller, params, body }) => answerCare(db, caller, params.careId, body),
    end: ({ db, caller, params, body }) => endCare(db, caller, params.careId, body),
  }),
  ...implement('proxies', proxiesApi, {
    give: ({ db, caller, params, body }) => giveProxy(db, caller, params.proxyId, body),
    revoke: ({ db, caller, params, body }) => revokeProxy(db, caller, params.proxyId, body),
  }),
];
