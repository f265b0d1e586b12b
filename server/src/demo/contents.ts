import { ContentCheck } from '../foundation/checks/content-check.entity';
import { setFlags, type CheckRoot } from '../foundation/checks/ask-checks';
import type { Db } from '../foundation/database/connect';
import { Complaint } from '../rooms/reviews/complaint.entity';
import { demoSite } from './population';
import { createRandom } from './random';
import { shifted, type Stage } from './stage';

const seed = 20_260_918;
const hour = 60 * 60_000;

/** What somebody said about a deed promised to the demo village, and where it hangs. */
interface Said {
  id: string;
  personId: string;
  commitmentId: string;
  groupId: string | null;
}

type Course = Pick<ContentCheck, 'state' | 'held' | 'atDesk' | 'label' | 'reason' | 'decidedById' | 'decidedAt'>;
const undecided = { reason: null, decidedById: null, decidedAt: null } as const;

/** 内容审核 of the demo village: one that WeChat doubts, one that somebody complains of, one that waits for a look, one hidden. */
export async function writeContents(db: Db, stage: Stage): Promise<void> {
  const random = createRandom(seed);
  const { village } = demoSite(stage.places);
  const [desk] = stage.holders('deskLead', village.grid.id);
  if (!desk) throw new Error(`${village.grid.name} has nobody at its desk`);
  const at = shifted(stage, 'working', new Date(stage.today.getTime() - 30 * hour), 0);
  const { countyId, townId, villageId } = stage.reference.tree.columns(village.grid.id);
  const said = await db.query<Said>(
    `SELECT o.id, o.person_id AS personId, o.commitment_id AS commitmentId, c.group_id AS groupId
     FROM commitment_opinion o JOIN commitment c ON c.id = o.commitment_id
     WHERE c.village_id = ? AND o.answered_at IS NOT NULL ORDER BY o.at DESC, o.id LIMIT 4`,
    [village.grid.id],
  );
  const courses: readonly Course[] = [
    { state: 'doubtful', held: 1, atDesk: 1, label: 20003, ...undecided },
    { state: 'passed', held: 0, atDesk: 1, label: 100, ...undecided },
    { state: 'unjudged', held: 1, atDesk: 1, label: null, ...undecided },
    {
      ...{ state: 'hidden', held: 1, atDesk: null, label: 20003, reason: 'insult' },
      ...{ decidedById: desk.row.id, decidedAt: at },
    },
  ];
  const checks = said.map(({ id: thingId, personId: authorId, commitmentId, groupId }, index) => {
    const createdAt = new Date(at.getTime() - (index + 1) * hour);
    const root: CheckRoot = { root: 'commitment', rootId: commitmentId, countyId, townId, villageId, groupId };
    return {
      ...{ id: random.id(createdAt), field: 'commitment.opinion' as const, thingId, authorId, ...root, createdAt },
      ...(courses[index] as Course),
      ...{ sampled: 0, traceId: null, tries: 1, askedAt: null, nextAt: null, leasedUntil: null, version: 1 },
    };
  });
  await db.insert(ContentCheck, checks);
  const held = (state: ContentCheck['state'][]) => checks.filter((check) => state.includes(check.state));
  await setFlags(db, held(['doubtful', 'unjudged']), 1);
  await setFlags(db, held(['hidden']), 2);
  const complained = checks.find(({ state }) => state === 'passed');
  const neighbour = stage.population.people.find(
    ({ age, home, row }) =>
      age > 30 && home?.group.grid.villageId === village.grid.id && row.id !== complained?.authorId,
  );
  if (!complained || !neighbour) return;
  await db.insert(Complaint, [
    {
      ...{ id: random.id(at), checkId: complained.id, personId: neighbour.row.id, reason: 'untrue', at },
      ...{ words: '说的不是我们组的事，容易让人误会。', outcome: null, decidedAt: null },
    },
  ]);
}
