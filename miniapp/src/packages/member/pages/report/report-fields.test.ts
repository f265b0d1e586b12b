import { emptyReport, missingIn, reportBody, type ReportDuty, type ReportFields } from './report-fields';

const lamp: ReportDuty = { photo: 'both', external: false, team: false, companions: [] };
const said: ReportFields = { ...emptyReport, outcome: 'solved', words: '换了灯泡' };

test('a report says what came of it and how', () => {
  expect(missingIn(emptyReport, lamp)).toEqual({ outcome: '请选一个结果', words: '请写几句怎么办的' });
});

test('where the thing can be seen a photo is asked for, or a reason for none', () => {
  expect(missingIn(said, lamp)).toEqual({ photoIds: '请拍一张，或选一个不拍的原因' });
  expect(missingIn({ ...said, noPhotoReason: 'danger' }, lamp)).toEqual({});
  expect(missingIn({ ...said, photoIds: ['a'] }, lamp)).toEqual({});
  expect(missingIn(said, { ...lamp, photo: 'none' })).toEqual({});
  expect(missingIn({ ...said, outcome: 'explained' }, lamp)).toEqual({});
});

test('what was planned or passed on names the plan or the unit', () => {
  const planned: ReportFields = { ...said, outcome: 'planned' };
  expect(missingIn(planned, lamp)).toEqual({ link: '请写清楚是哪个计划或单位' });
  const whole = { ...planned, link: '明年道路硬化计划', linkOn: '2027-05-01' };
  expect(reportBody(whole, lamp, 'id')).toMatchObject({ link: '明年道路硬化计划', linkOn: '2027-05-01' });
});

test('a link written for another outcome stays behind', () => {
  expect(reportBody({ ...said, photoIds: ['a'], link: '公路站', linkOn: '2027-05-01' }, lamp, 'id')).toEqual({
    actionId: 'id',
    outcome: 'solved',
    words: '换了灯泡',
    photoIds: ['a'],
  });
});

test('a reason for no photo goes along only where there is none', () => {
  const reason = { ...said, noPhotoReason: 'danger' as const };
  expect(reportBody(reason, lamp, 'id')).toHaveProperty('noPhotoReason', 'danger');
  expect(reportBody({ ...reason, photoIds: ['a'] }, lamp, 'id')).not.toHaveProperty('noPhotoReason');
});

test('of a team each one is said to have come or not', () => {
  const team: ReportDuty = {
    photo: 'none',
    external: false,
    team: true,
    companions: [
      { personId: 'li', name: '李晓峰' },
      { personId: 'chen', name: '陈小燕' },
    ],
  };
  const half = { ...said, presence: { li: 'present' as const } };
  expect(missingIn(half, team)).toEqual({ presence: '陈小燕来了没有？' });
  const whole = { ...said, presence: { li: 'present' as const, chen: 'absent' as const } };
  expect(reportBody(whole, team, 'id').absentIds).toEqual(['chen']);
});

test('an outside unit’s answer is written in', () => {
  const power: ReportDuty = { ...lamp, photo: 'none', external: true };
  expect(missingIn(said, power)).toEqual({ answer: '请填写外单位的答复' });
  expect(reportBody({ ...said, answer: ' 已换变压器 ' }, power, 'id').answer).toBe('已换变压器');
});
