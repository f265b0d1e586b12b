import { emptySettlement, missingInSettlement, settlementBody, type Settlement } from './settlement';

const done: Settlement = { ...emptySettlement, outcome: 'solved', words: ' 换了灯泡 ', contacted: true };

test('what was settled on the spot says what came of it, how, and that the person knows', () => {
  expect(missingInSettlement(emptySettlement, 'none')).toEqual({
    outcome: '请选一个结果',
    words: '请写几句怎么办的',
    contacted: '请先联系本人',
  });
  expect(missingInSettlement(done, 'none')).toEqual({});
});

test('where the thing can be seen a photo is asked for, or a reason for none', () => {
  expect(missingInSettlement(done, 'after')).toEqual({ photoIds: '请拍一张，或选一个不拍的原因' });
  expect(missingInSettlement({ ...done, outcome: 'explained' }, 'after')).toEqual({});
  const reason: Settlement = { ...done, noPhotoReason: 'refused' };
  expect(missingInSettlement(reason, 'after')).toEqual({});
  expect(settlementBody(reason, 'after')).toEqual({
    outcome: 'solved',
    words: '换了灯泡',
    photoIds: [],
    noPhotoReason: 'refused',
    contacted: true,
  });
  expect(settlementBody(reason, 'none')).not.toHaveProperty('noPhotoReason');
});
