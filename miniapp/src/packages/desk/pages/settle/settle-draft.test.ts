import { emptySettle, missingInSettle, settleBody, type SettleFields } from './settle-draft';

const neighbour: SettleFields = {
  ...emptySettle,
  person: { personId: 'wang', name: '王*英' },
  consent: 'spoken',
  categoryId: 'errand',
  grid: { gridId: 'group', words: '碧塘村 三组' },
  said: '帮缴电费',
  outcome: 'solved',
  words: '缴好了',
  contacted: true,
};

test('who was helped at the counter is named, and has agreed to be written down', () => {
  expect(missingInSettle(neighbour, 'none')).toEqual({});
  expect(missingInSettle({ ...neighbour, person: null, consent: null }, 'none')).toEqual({
    person: '请选人或写下名字',
    consent: '请先问过本人',
  });
  expect(settleBody(neighbour, 'none')).toEqual({
    source: 'proxy',
    categoryId: 'errand',
    gridId: 'group',
    words: '帮缴电费',
    noticeRead: true,
    beneficiaryId: 'wang',
    consent: { how: 'spoken', by: '王*英' },
    settlement: { outcome: 'solved', words: '缴好了', photoIds: [], contacted: true },
  });
});

test('what was found on a round belongs to nobody', () => {
  const round: SettleFields = { ...neighbour, heard: 'patrol', person: null, personName: '没用的', consent: null };
  expect(missingInSettle(round, 'none')).toEqual({});
  const body = settleBody(round, 'none');
  expect(body).toMatchObject({ source: 'patrol' });
  expect(body).not.toHaveProperty('beneficiaryName');
  expect(body).not.toHaveProperty('consent');
});

test('on a visit a name is enough', () => {
  const visit: SettleFields = { ...neighbour, heard: 'visit', person: null, personName: ' 张奶奶 ', phone: '138' };
  expect(missingInSettle(visit, 'none')).toEqual({ contactPhone: '请填 11 位手机号' });
  expect(settleBody({ ...visit, phone: '13800001111' }, 'none')).toMatchObject({
    beneficiaryName: '张奶奶',
    contactPhone: '13800001111',
  });
});
