import { stageOf } from '../lifecycle';
import { commitmentLifecycle, type CommitmentState } from './commitment.lifecycle';
import { blocksClosing, countedStates, keptShare, owedNumber, resultAtClosing } from './owed';
import { wordingHints } from './wording';

const states = Object.keys(commitmentLifecycle.states) as CommitmentState[];

test.each([
  [null, 4],
  [1, 4],
  [2, 4],
  [4, 3],
  [7, 2],
  [10, 1],
  [12, 1],
])('who joins in month %s owes %s of four deeds', (month, owed) => expect(owedNumber(4, month)).toBe(owed));

test('a project asked for once a year is owed by who joins in December, too', () => {
  expect(owedNumber(1, 12)).toBe(1);
});

test('giving up never raises the share of kept promises', () => {
  const counts = { kept: 3, partlyKept: 1, notKept: 1, abandoned: 0, carriedOver: 0 };
  const before = keptShare(counts) ?? 0;
  expect(before).toBeCloseTo(0.6);
  expect(keptShare({ ...counts, notKept: 0, abandoned: 1 })).toBe(before);
  expect(keptShare({ ...counts, notKept: 0, carriedOver: 1 })).toBe(before);
  expect(keptShare({ kept: 0, partlyKept: 0, notKept: 0, abandoned: 0, carriedOver: 0 })).toBeNull();
});

test('at the end of the year every deed has a result, has had one, or blocks the closing', () => {
  for (const state of states) {
    const result = resultAtClosing({ state, partly: false, carriesOver: false });
    const ended = ['done', 'stopped'].includes(stageOf(commitmentLifecycle, state)) && state !== 'accepted';
    expect([state, result !== null, blocksClosing(state), ended].filter((each) => each === true)).toHaveLength(1);
  }
});

test('a deed that came short is partly kept; one that may go on is carried over', () => {
  expect(resultAtClosing({ state: 'accepted', partly: true, carriesOver: false })).toBe('partlyKept');
  expect(resultAtClosing({ state: 'published', partly: false, carriesOver: true })).toBe('carriedOver');
  expect(resultAtClosing({ state: 'published', partly: false, carriesOver: false })).toBe('notKept');
});

test('what was given up, released or never published counts nothing towards the minimum', () => {
  expect(states.filter((state) => !countedStates.includes(state)).sort()).toEqual(
    ['draft', 'submitted', 'approved', 'abandoned', 'carriedOver', 'notKept', 'released', 'withdrawn'].sort(),
  );
});

describe('the wording help', () => {
  const codes = (title: string, words: string, more: object = {}) =>
    wordingHints({ kind: 'personal', title, words, ...more }).map(({ code }) => code);

  test('has nothing to say about a deed that can be checked', () => {
    expect(codes('学校弯道装护栏', '6月底前在学校弯道装100米护栏、50米减速带、2面凸面镜')).toEqual([]);
    expect(codes('帮老人送药', '到五保户家里打扫卫生和送药', { quantity: 24, deadline: '2026-12-31' })).toEqual([]);
    expect(codes('陪读书', '每周三次，陪三组留守儿童做作业')).toEqual([]);
  });
  test('warns of what nobody can check', () => {
    expect(codes('加强服务', '尽力帮助困难群众解决问题')).toEqual(['vague', 'noNumber', 'noDate']);
    expect(codes('修路', '修路')).toEqual(['tooShort', 'noNumber', 'noDate']);
  });
  test('warns of duty, money and of making others install something', () => {
    expect(codes('完成本职工作', '每月完成本职工作 3 件')).toEqual(['ordinaryDuty']);
    expect(codes('慰问', '春节给 5 户困难户发红包慰问')).toEqual(['money']);
    expect(codes('宣传', '6月前动员 30 户注册并转发')).toEqual(['makesOthers']);
  });
});
