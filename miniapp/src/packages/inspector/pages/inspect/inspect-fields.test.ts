import { emptyInspect, inspectBody, missingInInspect, type InspectFields } from './inspect-fields';

const looked: InspectFields = { ...emptyInspect, result: 'pass', words: '到现场看过，灯亮着' };

test('an inspection says what was looked at', () => {
  expect(missingInInspect(emptyInspect)).toEqual({ result: '请选一个结果', words: '请写查了什么' });
  expect(missingInInspect(looked)).toEqual({});
});

test('a fault has a kind; what goes back to be done again was not solved', () => {
  expect(missingInInspect({ ...looked, result: 'fault' })).toEqual({ fault: '请选是什么问题' });
  expect(missingInInspect({ ...looked, result: 'fault', fault: 'noContact' })).toEqual({});
  expect(missingInInspect({ ...looked, result: 'redo', fault: 'noContact' })).toEqual({ fault: '请选是什么问题' });
  expect(missingInInspect({ ...looked, result: 'redo', fault: 'falseReport' })).toEqual({});
});

test('a fault that was chosen before it passed stays behind', () => {
  expect(inspectBody({ ...looked, fault: 'noContact', calledBack: true }, 'id')).toEqual({
    actionId: 'id',
    result: 'pass',
    words: '到现场看过，灯亮着',
    photoIds: [],
    calledBack: true,
  });
});
