import type { Category } from '../../../../features/orders/category-pictures';
import { bodyOf, emptyPlace, gridOf, missingOf, numbersIn, whereOf, type Asked, type PlaceFields } from './place-draft';

const category: Category = {
  ...{ id: 'streetLight', name: '路灯不亮', field: 'infrastructure', fieldName: '道路设施', urgency: 'normal' },
  ...{ photo: 'after', visibility: 'open', settleable: true, direct: false, notice: null, picture: 2, active: true },
  limitWords: '3 个工作日内',
};
const warned: Category = { ...category, id: 'medicalHelp', notice: '病情紧急,请先打 120 急救电话。' };
const home = { householdId: '01', gridId: 'group-3', town: '东城镇', village: '碧塘村', group: '三组', door: '12 号' };
const me: Asked['me'] = { home, phone: '138****1234', name: '王桂英', roles: [] };
const own = { way: 'own', category, me, scanned: null } as const;
const elsewhere = { gridId: 'group-5', words: '碧塘村 五组' };
const fields = (more: Partial<PlaceFields>): PlaceFields => ({ ...emptyPlace, ...more });

test('who chose a picture and said one sentence has said enough: home and phone are known', () => {
  expect(missingOf(fields({ words: '三组路灯不亮' }), own)).toEqual({});
  expect(bodyOf(fields({ words: ' 三组路灯不亮 ' }), own)).toEqual({
    ...{ categoryId: 'streetLight', words: '三组路灯不亮', photoIds: [], gridId: 'group-3', source: 'resident' },
    ...{ confidential: false, noticeRead: false },
  });
});

test('whoever has scanned a code orders where it hangs, unless he says something else', () => {
  const scanned = { gridId: 'group-9', words: '您在石岭村二组（扫码）' };
  const asked = { ...own, scanned };
  expect(bodyOf(fields({ words: '路灯不亮' }), asked)).toMatchObject({ gridId: 'group-9' });
  expect(gridOf(fields({}), asked)).toBe(scanned);
  expect(bodyOf(fields({ grid: elsewhere }), asked)).toMatchObject({ gridId: 'group-5' });
  expect(bodyOf(fields({ where: 'home' }), asked)).toMatchObject({ gridId: 'group-3' });
  // Where he came from is told to the desk, whatever place he has said.
  const byCode = bodyOf(fields({ where: 'home' }), asked, { scannedKey: 'abcdefghjkmn' });
  expect(byCode).toMatchObject({ gridId: 'group-3', scannedKey: 'abcdefghjkmn' });
});

test('a voice or a photo is enough without words; nothing at all is not', () => {
  expect(missingOf(fields({ voice: { id: 'v1', seconds: 9 } }), own)).toEqual({});
  expect(missingOf(fields({ photoIds: ['p1'] }), own)).toEqual({});
  expect(Object.keys(missingOf(fields({ words: '  ' }), own))).toEqual(['words']);
});

test('the notice of a category has to be read, that of this very category', () => {
  const asked = { ...own, category: warned };
  expect(missingOf(fields({ words: '头晕', noticeRead: 'hazard' }), asked)).toEqual({ notice: '请先看完这句提醒' });
  const read = fields({ words: '头晕', noticeRead: 'medicalHelp' });
  expect(missingOf(read, asked)).toEqual({});
  expect(bodyOf(read, asked)).toMatchObject({ noticeRead: true });
});

test('who has no home and no phone here is asked for both', () => {
  const stranger = { ...own, me: { ...me, home: null, phone: null } };
  expect(missingOf(fields({ words: '桥塌了' }), stranger)).toEqual({
    where: '请选在哪个村、哪个组',
    phone: '请留一个能联系上的电话',
  });
  expect(missingOf(fields({ words: '桥塌了', grid: elsewhere, phone: '1380013' }), stranger)).toEqual({
    phone: '请填 11 位手机号',
  });
});

test('a place on the map is sent with its grid, and forgotten when it is at home after all', () => {
  const onMap = fields({ words: '井盖没了', where: 'elsewhere', grid: elsewhere, gcj02: { lat: 23, lng: 113 } });
  expect(bodyOf(onMap, own)).toMatchObject({ gridId: 'group-5', gcj02: { lat: 23, lng: 113 } });
  const atHome = bodyOf({ ...onMap, where: 'home' }, own);
  expect(atHome).toMatchObject({ gridId: 'group-3' });
  expect(atHome).not.toHaveProperty('gcj02');
});

test('for the parents: their name, and their number or mine', () => {
  const family = fields({ words: '水管漏了', forWhom: 'family' });
  expect(missingOf(family, own)).toEqual({ person: '请写下名字' });
  const mother = { ...family, personName: '我妈' };
  expect(bodyOf(mother, own)).toMatchObject({ source: 'family', beneficiaryName: '我妈', contactName: '王桂英' });
  expect(bodyOf(mother, own)).not.toHaveProperty('householdId');
  // The house that one cares for: the server knows where it stands, however far from here.
  const cared = { ...mother, house: { householdId: 'h-1', words: '碧塘村一组王*英家' } };
  expect(bodyOf(cared, own)).toMatchObject({ source: 'family', householdId: 'h-1' });
  expect(bodyOf(cared, own)).not.toHaveProperty('gridId');
  expect(missingOf(cared, { ...own, me: { ...own.me, home: null } })).not.toHaveProperty('where');
  expect(bodyOf({ ...cared, forWhom: 'self' }, own)).not.toHaveProperty('householdId');
  expect(bodyOf({ ...mother, phone: '13800138000' }, own)).toMatchObject({
    contactName: '我妈',
    contactPhone: '13800138000',
  });
});

test('for a neighbour: whose it is, where, and his word that he agrees; a hub keeper orders as the hub', () => {
  const proxy = { ...own, way: 'proxy' } as const;
  const said = fields({ words: '屋顶漏雨' });
  expect(whereOf(said, proxy)).toBe('elsewhere');
  expect(Object.keys(missingOf(said, proxy))).toEqual(['where', 'person', 'consent']);
  const zhang = { ...said, grid: elsewhere, personName: '张奶奶', consent: 'spoken' } as const;
  expect(missingOf(zhang, proxy)).toEqual({});
  expect(bodyOf(zhang, proxy)).toMatchObject({
    ...{ source: 'proxy', beneficiaryName: '张奶奶', gridId: 'group-5', consent: { how: 'spoken', by: '张奶奶' } },
  });
  const role = { role: 'hubKeeper', roleName: '', kindName: null, tree: 'grid', nodeId: '', nodeName: '' } as const;
  const keeper = { ...proxy, me: { ...me, roles: [{ ...role, gridId: null, tier: null }] } };
  const known = { ...zhang, neighbour: { personId: 'p-li', name: '李*山' } };
  expect(bodyOf(known, keeper)).toMatchObject({
    ...{ source: 'hub', beneficiaryId: 'p-li', consent: { how: 'spoken', by: '李*山' } },
  });
  expect(bodyOf(known, keeper)).not.toHaveProperty('beneficiaryName');
});

test('who serves one group orders for its people without choosing it; who serves a village is asked', () => {
  const serving = (tier: 'group' | 'village') => ({
    ...{ role: 'helper', roleName: '', kindName: null, tree: 'grid', nodeId: 'g', nodeName: '三组', gridId: 'g', tier },
  });
  const asked = (tier: 'group' | 'village') =>
    ({ way: 'proxy', category, scanned: null, me: { ...me, roles: [serving(tier)] } }) as Asked;
  expect(gridOf(fields({}), asked('group'))).toEqual({ gridId: 'g', words: '三组' });
  expect(gridOf(fields({ grid: elsewhere }), asked('group'))).toEqual(elsewhere);
  expect(gridOf(fields({}), asked('village'))).toBeNull();
  expect(gridOf(fields({}), { ...asked('group'), way: 'own' })).toBeNull();
});

test('the numbers of a notice can be dialled: not every number is one', () => {
  expect(numbersIn('孩子有危险,请先打 110,也可以打妇联热线 12338。')).toEqual(['110', '12338']);
  expect(numbersIn('请同时打 110 报警,走失不用等 24 小时。再说一遍:110')).toEqual(['110']);
});
