import type { boardsApi } from '@sandan/shared/boards/boards.contract';
import type { ReplyOf } from '@sandan/shared/endpoint';
import { holds, type Caller } from '../../foundation/access/caller';
import { gridIdsWith } from '../../foundation/access/reach';
import type { Reading } from '../../foundation/database/connect';
import { countUncovered } from '../households/covering.queries';
import { countLinkRequests } from '../households/links.queries';
import { countCalls } from '../orders/calls.queries';
import { countAsked } from '../orders/held-tasks.queries';
import { countBindings } from '../people/bindings.queries';
import { countReviews } from '../reviews/reviews.queries';
import { countCorrections } from '../privacy/corrections.queries';

type Waiting = ReplyOf<typeof boardsApi.waiting>;

/** 工作台: what waits behind its entries, each to 99; 0 for whoever has nothing to do with it. */
export async function waitingFor(db: Reading, caller: Caller): Promise<Waiting> {
  const linked = gridIdsWith(caller, 'link.arrange');
  const [bindings, corrections, linkRequests, uncovered, heldTasks, calls, contents] = await Promise.all([
    holds(caller, 'binding.read') ? countBindings(db, caller) : 0,
    countCorrections(db, { gridIds: gridIdsWith(caller, 'correction.decide'), exceptId: caller.personId }),
    countLinkRequests(db, linked),
    countUncovered(db, linked, caller.now),
    countAsked(db, caller.personId),
    countCalls(db, caller),
    holds(caller, 'content.review') ? countReviews(db, caller) : 0,
  ]);
  return { bindings, corrections, linkRequests, uncovered, heldTasks, calls, contents };
}
