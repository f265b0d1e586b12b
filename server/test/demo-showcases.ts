import { commitmentLimits } from '@sandan/shared/commitments/commitment.words';
import { judgesToDrop, showcaseResult } from '@sandan/shared/commitments/showcase-result';
import { showcaseLifecycle } from '@sandan/shared/commitments/showcase.lifecycle';
import type { Reading } from '../src/foundation/database/connect';
import { showcaseById, starsOf } from '../src/rooms/commitments/showcases.queries';
import { movesOf, walk } from './demo-town';

/** 打擂比武 in the demo town: the tests of demo.test.ts, which fills the town once for all of them. */
export function showcasesOfTheTown(reading: () => Reading, today: Date): void {
  const showcases = async () =>
    (await reading().query<{ id: string }>('SELECT id FROM showcase ORDER BY set_at')).map(({ id }) => id);
  const recordOf = async (id = '') => {
    const record = await showcaseById(reading(), id, today);
    if (!record) throw new Error('There is no such showcase');
    return record;
  };

  test('every history explains where it stands', async () => {
    const steps = await movesOf(reading(), 'showcase');
    for (const id of await showcases()) {
      const { state, version } = await recordOf(id);
      expect(walk(showcaseLifecycle, steps.get(id) ?? [], null, [])).toBe(state);
      expect(steps.get(id)).toHaveLength(version);
    }
  });

  test('last year’s was held in February: its signed places are what the judges and the residents said', async () => {
    const [past] = await showcases();
    const record = await recordOf(past);
    expect(record).toMatchObject({ state: 'signed', heldOn: '2026-02-26', signedBy: '邓永康' });
    expect(record.finishedById).not.toBe(record.signedById);
    expect(record.contestantIds).toHaveLength(16);
    expect(record.judges.length).toBeGreaterThanOrEqual(judgesToDrop);
    const stars = await starsOf(reading(), record.roundId, record.contestantIds, commitmentLimits.ratersShown);
    expect(record.results).toEqual(showcaseResult(stars, record.scores, record));
    expect(record.results?.every(({ residents }) => residents !== null)).toBe(true);
    expect(new Set(record.results?.map(({ total }) => total)).size).toBeGreaterThan(10);
  });

  test('nobody scored his own village, and everybody else once', async () => {
    const [past] = await showcases();
    const { judges, scores, contestantIds } = await recordOf(past);
    const homes = judges.filter(({ home }) => home !== null);
    expect(homes.length).toBeGreaterThanOrEqual(3);
    for (const { personId, home } of homes)
      expect(scores.some(({ judgeId, organizationId }) => judgeId === personId && organizationId === home)).toBe(false);
    const scored = judges.map(({ personId }) => scores.filter(({ judgeId }) => judgeId === personId).length);
    expect(Math.min(...scored)).toBeGreaterThan(contestantIds.length / 2);
  });

  test('the next one is being planned, by people whom a visitor plays', async () => {
    const [, next] = await showcases();
    const record = await recordOf(next);
    expect(record).toMatchObject({ state: 'preparing', heldOn: '2027-02-26', scores: [], results: null });
    const played = await reading().query<{ demo_key: string }>(
      'SELECT p.demo_key FROM showcase_judge j JOIN person p ON p.id = j.person_id WHERE j.showcase_id = ? AND p.demo_key IS NOT NULL',
      [next ?? ''],
    );
    expect(played.map(({ demo_key }) => demo_key).sort()).toEqual(['inspector', 'member']);
  });
}
