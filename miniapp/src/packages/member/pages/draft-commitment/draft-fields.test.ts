import type { Me } from '../../../../lib/session';
import { draftBody, firstFields, missingIn, organizationsOf, type DraftFields, type Whose } from './draft-fields';

const home = { gridId: 'group3', village: '碧塘村', group: '三组' } as NonNullable<Me['home']>;
const role = (nodeId: string, tree: 'party' | 'grid') =>
  ({ nodeId, tree, role: 'partySecretary' }) as Me['roles'][number];

const whose = (state: Whose['round']['state'] = 'drafting', member: Whose['member'] = null): Whose => ({
  round: { id: 'round26', state },
  member,
  order: null,
});
const written = (more: Partial<DraftFields> = {}): DraftFields => ({
  ...firstFields({ home, roles: [] }),
  ...{
    title: '装 4 盏路灯',
    words: '年底前装 4 盏',
    quantity: '4',
    unit: '盏',
    deadline: '2026-12-31',
    field: 'light',
  },
  ...more,
});

test('it begins at one’s own group, with one’s only organisation', () => {
  const fields = firstFields({
    home,
    roles: [role('branch', 'party'), role('branch', 'party'), role('village', 'grid')],
  });
  expect(fields).toMatchObject({ kind: 'personal', organizationId: 'branch', grid: { words: '碧塘村 三组' } });
  expect(organizationsOf({ roles: [role('a', 'party'), role('b', 'party')] })).toHaveLength(2);
});

test('a deed of one’s own names no organisation; one of the branch does', () => {
  expect(draftBody(written({ organizationId: 'branch' }), whose())).not.toHaveProperty('organizationId');
  expect(draftBody(written({ kind: 'organization', organizationId: 'branch' }), whose())).toMatchObject({
    ...{ kind: 'organization', organizationId: 'branch', roundId: 'round26', forGridId: 'group3' },
  });
  expect(missingIn(written({ kind: 'organization' }), whose())).toEqual({ organizationId: '请选哪个党组织' });
});

test('after the time of drafting it takes a reason', () => {
  expect(missingIn(written(), whose())).toEqual({});
  expect(missingIn(written(), whose('underWay'))).toHaveProperty('lateReason');
  expect(draftBody(written({ lateReason: '刚转来' }), whose('underWay'))).toMatchObject({ lateReason: '刚转来' });
});

test('the secretary writes for a member without a phone', () => {
  const body = draftBody(written(), whose('drafting', { personId: 'old', name: '张伯' }));
  expect(body).toMatchObject({ personId: 'old', kind: 'personal' });
});

test('an order is not typed again: its title, the words fit for the village, its place; and it is named', () => {
  const place = { gridId: 'group7', town: '涵江镇', village: '碧塘村', group: '七组', formerly: null };
  const order = { id: 'order1', title: '修水渠', publicSummary: '七组水渠漏水', place };
  expect(firstFields({ home, roles: [] }, order)).toMatchObject({
    ...{ title: '修水渠', words: '七组水渠漏水', grid: { gridId: 'group7', words: '碧塘村 七组' } },
  });
  expect(draftBody(written(), { ...whose(), order })).toMatchObject({ orderId: 'order1' });
  expect(firstFields({ home, roles: [] }, { ...order, publicSummary: null }).words).toBe('');
});

test('an organisation names who answers for it, a member answers himself; helpers have both', () => {
  const zhang = { personId: 'p1', name: '张建平' };
  const li = { personId: 'p2', name: '李晓峰' };
  const chosen = { responsible: zhang, helpers: [li] };
  expect(draftBody(written({ kind: 'organization', organizationId: 'branch', ...chosen }), whose())).toMatchObject({
    ...{ responsibleId: 'p1', helperIds: ['p2'] },
  });
  const own = draftBody(written(chosen), whose());
  expect(own.helperIds).toEqual(['p2']);
  expect(own).not.toHaveProperty('responsibleId');
});
