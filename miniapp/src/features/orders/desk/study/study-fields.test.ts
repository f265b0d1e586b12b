import type { Category } from '../../../catalog/category-choice';
import {
  classificationBody,
  emptyDispatching,
  missingIn,
  newTaskOf,
  recategorized,
  waysFor,
  type StudyFields,
} from './study-fields';

const place = { gridId: 'group', town: '东城镇', village: '碧塘村', group: '三组', formerly: null };
const lamp: StudyFields = {
  ...emptyDispatching,
  categoryId: 'streetLight',
  urgency: 'normal',
  visibility: 'open',
  title: '路灯不亮',
  publicSummary: ' 三组路口路灯不亮 ',
  consents: false,
};
const li = { personId: 'li', name: '李晓峰' };

test('a summary goes along only with what may be shown', () => {
  const order = { visibility: 'open' as const };
  expect(classificationBody(order, lamp)).toMatchObject({ publicSummary: '三组路口路灯不亮' });
  expect(classificationBody(order, { ...lamp, visibility: 'normal' })).not.toHaveProperty('publicSummary');
  expect(classificationBody(order, { ...lamp, title: ' ' })).not.toHaveProperty('title');
});

test('what was confidential is opened only with the consent of the person', () => {
  const order = { visibility: 'confidential' as const };
  const assigned = { ...lamp, assignee: li };
  expect(missingIn(order, assigned)).toBe('取消保密要先得到本人同意');
  expect(missingIn(order, { ...assigned, consents: true })).toBeNull();
  expect(classificationBody(order, { ...assigned, consents: true })).toHaveProperty('requesterConsents', true);
  expect(missingIn(order, { ...assigned, visibility: 'confidential' })).toBeNull();
});

test('a confidential order goes to named people alone', () => {
  expect(waysFor('confidential', true)).toEqual(['assigned', 'external', 'later']);
  expect(waysFor('normal', false)).toEqual(['assigned', 'open', 'team', 'external']);
});

test('a new category brings its urgency, and its name unless the desk gave one', () => {
  const road = { id: 'road', name: '道路破损', urgency: 'planned', visibility: 'normal' } as Category;
  expect(recategorized(lamp, '路灯不亮', road)).toEqual({ categoryId: 'road', urgency: 'planned', title: '道路破损' });
  expect(recategorized({ ...lamp, title: '老槐树下的灯' }, '路灯不亮', road)).not.toHaveProperty('title');
  const quarrel = { ...road, visibility: 'confidential' } as Category;
  expect(recategorized(lamp, '路灯不亮', quarrel)).toHaveProperty('visibility', 'confidential');
});

test('one person, whoever is first, a team, an outside unit, or nobody yet', () => {
  expect(newTaskOf({ ...lamp, assignee: li, note: '带梯子' }, { place }, 'id')).toEqual({
    id: 'id',
    mode: 'assigned',
    required: true,
    assigneeId: 'li',
    note: '带梯子',
  });
  expect(newTaskOf({ ...lamp, way: 'open', scope: 'group' }, { place }, 'id')).toEqual({
    id: 'id',
    mode: 'open',
    required: true,
    scopeGridId: 'group',
    partyMembersOnly: false,
  });
  expect(newTaskOf({ ...lamp, way: 'team', seats: 5, skill: 'electric' }, { place }, 'id')).toEqual({
    id: 'id',
    mode: 'team',
    required: true,
    seats: 5,
    minSeats: 2,
    skill: 'electric',
    partyMembersOnly: false,
  });
  expect(newTaskOf({ ...lamp, way: 'external', unit: '供电所', assisting: true }, { place }, 'id')).toEqual({
    id: 'id',
    mode: 'external',
    required: false,
    unit: '供电所',
  });
  expect(newTaskOf({ ...lamp, way: 'later' }, { place }, 'id')).toBeNull();
});

test('a place that is known only to the village is open to the whole village', () => {
  const village = { ...place, gridId: 'village', group: null };
  expect(newTaskOf({ ...lamp, way: 'open', scope: 'group' }, { place: village }, 'id')).not.toHaveProperty(
    'scopeGridId',
  );
});

test('it is said what is missing', () => {
  expect(missingIn({ visibility: 'open' }, lamp)).toBe('请选择派给谁');
  expect(missingIn({ visibility: 'open' }, { ...lamp, way: 'external' })).toBe('请填写外单位');
  expect(missingIn({ visibility: 'open' }, { ...lamp, way: 'later' })).toBeNull();
});
