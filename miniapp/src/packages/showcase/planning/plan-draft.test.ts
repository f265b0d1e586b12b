import { errorAt, newPlan, planBody, weightWords } from './plan-draft';

test('a new plan is ready but for the day, the contestants and the judges', () => {
  const plan = newPlan(2026);
  expect(planBody(plan)).toEqual({
    ...{ title: '2026 年度支部书记打擂比武', heldOn: '', residentShare: 30, contestantIds: [], judgeIds: [] },
    criteria: [
      { name: '承诺兑现', weight: 40 },
      { name: '群众受益', weight: 30 },
      { name: '现场讲述', weight: 30 },
    ],
  });
  expect(weightWords(plan.criteria)).toBe('加起来正好 100');
});

test('while weights are typed, what they make together is said', () => {
  const weigh = (...weights: string[]) => weightWords(weights.map((weight) => ({ name: '兑现', weight })));
  expect(weigh('60', '３０')).toBe('现在加起来是 90，要等于 100');
  expect(weigh('60', '')).toBe('比重填整数，加起来要等于 100');
});

test('what the server says of a field, or of what is in it, stands at the field', () => {
  const fields = { 'criteria.1.weight': '请填整数', heldOn: '请选日期' };
  expect([errorAt(fields, 'criteria'), errorAt(fields, 'heldOn'), errorAt(fields, 'title')]).toEqual([
    '请填整数',
    '请选日期',
    undefined,
  ]);
  expect(errorAt(undefined, 'title')).toBeUndefined();
});
