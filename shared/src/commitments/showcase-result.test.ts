import fc from 'fast-check';
import { showcaseResult, type Score } from './showcase-result';

const rules = {
  criteria: [
    { name: '兑现', weight: 70 },
    { name: '讲述', weight: 30 },
  ],
  residentShare: 30,
};
const score = (judgeId: string, organizationId: string, ...marks: number[]): Score => ({
  judgeId,
  organizationId,
  marks,
});

test('criteria weigh as they should, and the best is first', () => {
  const places = showcaseResult(
    [
      { organizationId: 'a', stars: null },
      { organizationId: 'b', stars: null },
    ],
    [score('1', 'a', 80, 90), score('1', 'b', 90, 60)],
    rules,
  );
  expect(places.map(({ organizationId, place, total }) => [organizationId, place, total])).toEqual([
    ['a', 1, 83],
    ['b', 2, 81],
  ]);
});

test('with five judges the highest and the lowest do not count, with four they do', () => {
  const one = [{ organizationId: 'a', stars: null }];
  const marks = [10, 80, 80, 80, 100].map((mark, index) => score(String(index), 'a', mark, mark));
  expect(showcaseResult(one, marks, rules)[0]?.total).toBe(80);
  expect(showcaseResult(one, marks.slice(0, 4), rules)[0]?.total).toBe(62.5);
});

test('what residents say is thirty percent; where too few have said it the judges’ word is the whole', () => {
  const marks = [score('1', 'a', 80, 80), score('1', 'b', 80, 80)];
  const [first, second] = showcaseResult(
    [
      { organizationId: 'a', stars: 5 },
      { organizationId: 'b', stars: null },
    ],
    marks,
    rules,
  );
  expect(first).toMatchObject({ organizationId: 'a', total: 86, residents: 100, judged: 80 });
  expect(second).toMatchObject({ organizationId: 'b', total: 80, residents: null });
});

test('equal totals share a place, and nobody without a score is left out', () => {
  const contestants = ['a', 'b', 'c'].map((organizationId) => ({ organizationId, stars: null }));
  const places = showcaseResult(contestants, [score('1', 'a', 50, 50), score('1', 'b', 50, 50)], rules);
  expect(places.map(({ place }) => place)).toEqual([1, 1, 3]);
});

test('a better mark never makes a worse total', () => {
  const mark = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.array(mark, { minLength: 1, maxLength: 9 }), fc.nat(), mark, (given, which, more) => {
      const of = (marks: number[]) =>
        showcaseResult(
          [{ organizationId: 'a', stars: null }],
          marks.map((each, index) => score(String(index), 'a', each, each)),
          rules,
        )[0]?.total ?? 0;
      const index = which % given.length;
      const better = given.map((each, at) => (at === index ? Math.min(100, each + more) : each));
      return of(better) >= of(given);
    }),
    { numRuns: 2_000 },
  );
});
