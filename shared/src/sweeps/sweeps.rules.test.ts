import { sweepTemplates } from './sweep-templates';
import { answerFaults, findingsOf, type Question } from './sweep-form';
import { standingOf, type Visit } from './sweep-standing';
import { householdResult, sweepLimits } from './sweep.words';

const visit = (id: string, result: Visit['result'], visitedAt: number): Visit => ({ id, result, visitedAt });
const morning = visit('A', 'notHome', 1);
const noon = visit('B', 'refused', 2);
const evening = visit('C', 'met', 3);
const night = visit('D', 'notHome', 4);

/** Every order in which phones may send. */
function orders<T>(all: readonly T[]): T[][] {
  if (all.length <= 1) return [[...all]];
  return all.flatMap((one, index) =>
    orders([...all.slice(0, index), ...all.slice(index + 1)]).map((rest) => [one, ...rest]),
  );
}

describe('how a household stands by its visits', () => {
  test.each([
    ['nobody came yet', [], { state: 'todo', tries: 0, visitId: null }],
    ['nobody was at home', [morning], { state: 'notHome', tries: 1, visitId: 'A' }],
    ['the last visit counts', [morning, noon], { state: 'refused', tries: 1, visitId: 'B' }],
    ['who was met was met', [morning, noon, evening, night], { state: 'met', tries: 2, visitId: 'C' }],
    [
      'of two at the same instant the later id counts',
      [visit('X', 'refused', 5), visit('Y', 'notFound', 5)],
      {
        ...{ state: 'notFound', tries: 0, visitId: 'Y' },
      },
    ],
  ] as const)('%s, whatever the order in which they arrive', (_, visits, standing) => {
    for (const arrived of orders<Visit>(visits)) expect(standingOf(arrived)).toEqual(standing);
  });
});

test('a household comes to what its people come to', () => {
  expect(householdResult(['refused', 'moved'])).toBe('met');
  expect(householdResult(['notFound', 'refused'])).toBe('refused');
  expect(householdResult(['notFound'])).toBe('notFound');
});

describe('the form', () => {
  const questions: readonly Question[] = sweepTemplates.house.questions;
  const filled = { walls: '裂缝明显', roof: false, slope: false, living: 3 };

  test('is filled when every required question is answered in its own kind', () => {
    expect(answerFaults(questions, filled)).toEqual({});
    expect(answerFaults(questions, { ...filled, living: -1, walls: '没有这一项' })).toEqual({
      'answers.living': '请填 0 到 100000 的数字',
      'answers.walls': '请选择一项',
    });
  });

  test('says what was found by the answers that were marked so', () => {
    expect(findingsOf(questions, filled).map(({ id }) => id)).toEqual(['walls']);
    expect(findingsOf(questions, { ...filled, walls: '完好', roof: true }).map(({ id }) => id)).toEqual(['roof']);
    expect(findingsOf(sweepTemplates.drowning.questions, { told: false }).map(({ id }) => id)).toEqual(['told']);
  });

  test.each(Object.entries(sweepTemplates))(
    '%s is short, asks each thing once, and finds only what it offers',
    (_, form) => {
      const asked: readonly Question[] = form.questions;
      expect(asked.length).toBeLessThanOrEqual(sweepLimits.questions);
      expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
      for (const question of asked) {
        expect([...question.ask].length).toBeLessThanOrEqual(sweepLimits.ask);
        if (question.kind === 'choice')
          expect(question.options).toEqual(expect.arrayContaining([...(question.findings ?? [])]));
      }
    },
  );
});
