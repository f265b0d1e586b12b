import { byField, catchAllOf, iconOf, picturesOf, shortNameOf, type Category } from './category-pictures';

const category = (id: string, more: Partial<Category> = {}): Category => ({
  ...{ id, name: id, field: 'other', fieldName: '其他', urgency: 'normal', photo: 'none', visibility: 'normal' },
  ...{ settleable: false, direct: false, notice: null, picture: null, active: true, limitWords: '5 个工作日内' },
  ...more,
});

test('the home page shows the pictures in their own order, without what is closed', () => {
  const categories = [
    category('garbage', { picture: 4 }),
    category('roadDamage', { picture: 1 }),
    category('errand', { picture: 2, active: false }),
    category('policyQuestion'),
  ];
  expect(picturesOf(categories, 7).map(({ id }) => id)).toEqual(['roadDamage', 'garbage']);
  expect(picturesOf(categories, 1).map(({ id }) => id)).toEqual(['roadDamage']);
});

test('a category that the county added is named by the first part of its name, and drawn like its field', () => {
  const added = category('wells', { name: '水井清淤、消毒（免费）', field: 'utilities' });
  expect(shortNameOf(added)).toBe('水井清淤');
  expect(iconOf(added)).toBe('droplets');
  expect(iconOf(category('new', { field: 'new' }))).toBe('ellipsis');
});

test('what can be ordered stands together by field', () => {
  const categories = [
    category('roadDamage', { field: 'infrastructure', fieldName: '道路设施' }),
    category('other'),
    category('streetLight', { field: 'infrastructure', fieldName: '道路设施' }),
    category('closed', { active: false }),
  ];
  expect(byField(categories).map(({ fieldName, categories: within }) => [fieldName, within.length])).toEqual([
    ['道路设施', 2],
    ['其他', 1],
  ]);
});

test('who finds nothing that fits is led to 其他, unless the county has closed it', () => {
  expect(catchAllOf([category('garbage'), category('other')])?.id).toBe('other');
  expect(catchAllOf([category('garbage'), category('other', { active: false })])).toBeUndefined();
});
