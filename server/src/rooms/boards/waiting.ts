import type { Permission } from '@sandan/shared/access/roles';
import type { boardsApi } from '@sandan/shared/boards/boards.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { holds, type Caller } from '../../foundation/access/caller';
import { gridsWith } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import { countUncovered } from '../households/covering.queries';
import { countLinkRequests } from '../households/links.queries';
import { countAsked } from '../orders/held-tasks.queries';
import { countBindings } from '../people/bindings.queries';
import { countCorrections } from '../privacy/corrections.queries';

type Waiting = ReplyOf<typeof boardsApi.waiting>;

/** 工作台: what waits behind its entries, each to 99; 0 for whoever has nothing to do with it. */
export async function waitingFor(db: Reading, caller: Caller): Promise<Waiting> {
  const { tree } = caller.reference;
  const under = (permission: Permission): string[] => {
    const roots = new Set(gridsWith(caller, permission).map(({ id }) => id));
    const isUnder = ([...line]: (string | null)[]) => line.some((id) => id !== null && roots.has(id));
    return tree.grids
      .filter(({ county, town, village, group }) => isUnder([county, town, village, group]))
      .map(({ id }) => id);
  };
  const linked = under('link.arrange');
  const [bindings, corrections, linkRequests, uncovered, heldTasks] = await Promise.all([
    holds(caller, 'binding.read') ? countBindings(db, caller) : 0,
    countCorrections(db, { gridIds: under('correction.decide'), exceptId: caller.personId }),
    countLinkRequests(db, linked),
    countUncovered(db, linked, caller.now),
    countAsked(db, caller.personId),
  ]);
  return { bindings, corrections, linkRequests, uncovered, heldTasks };
}
