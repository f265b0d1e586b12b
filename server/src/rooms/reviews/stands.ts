import type { Caller } from '../../foundation/access/caller';
import type { ContentCheck } from '../../foundation/checks/content-check.entity';
import type { Reading } from '../../foundation/database/connect';
import { activityRead } from '../activities/complaint-target.queries';
import { memberSeen } from '../commitments/cards.queries';
import { deedsRead, showcaseRead } from '../commitments/complaint-target.queries';
import { ordersRead } from '../orders/complaint-target.queries';
import { sweepRead } from '../sweeps/complaint-target.queries';

type Root = ContentCheck['root'];
type Reads = (reading: Reading, caller: Caller, ids: readonly string[]) => Promise<readonly string[]>;

const oneByOne =
  (mayRead: (reading: Reading, caller: Caller, id: string) => Promise<unknown>): Reads =>
  async (reading, caller, ids) => {
    const found: string[] = [];
    for (const id of ids) if (await mayRead(reading, caller, id)) found.push(id);
    return found;
  };

const reads: Readonly<Record<Root, Reads>> = {
  order: ordersRead,
  commitment: deedsRead,
  activity: oneByOne(activityRead),
  showcase: oneByOne(showcaseRead),
  sweep: oneByOne(sweepRead),
  person: oneByOne(memberSeen),
};

/** Of the things in which these stand, those whose page is open to the caller, whatever he decides here. */
export async function readableRoots(
  reading: Reading,
  caller: Caller,
  checks: readonly ContentCheck[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const root of new Set(checks.map((check) => check.root))) {
    const ids = new Set(checks.filter((check) => check.root === root).map(({ rootId }) => rootId));
    for (const id of await reads[root](reading, caller, [...ids])) found.add(id);
  }
  return found;
}
