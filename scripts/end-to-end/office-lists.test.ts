import { expect } from '@jest/globals';
import { readSheet } from '../../server/src/foundation/spreadsheets/read-sheet';
import { days } from '../../server/test/journey';
import { sheetOf } from '../../server/test/roster-files';
import { changeNode, openNode, openTrees } from './pages/change-tree';
import { checkFile, chooseRoster, squareAt, takeIn } from './pages/import-roster';
import { choose, fileFrom, openFromDesk, openSegment, press, reads, write } from './pages/screen';
import { openOffice, type Office } from './office';
import type { Person } from './people';
import { storySteps } from './story';

/** A county's office at its computer: lists from Excel, and the trees that they and its own hand change. */
let at: Office;
beforeAll(async () => {
  at = await openOffice('office-lists');
}, 180_000);
afterAll(() => at?.close());

const gridOf = async (id: string) => {
  const sql = "SELECT code, JSON_VALUE(boundary, '$.coordinates[0][1][0]') AS east FROM grid WHERE id = ?";
  const [grid] = await at.stage.server.world.database.reading.query<{ code: string; east: string }>(sql, [id]);
  return { code: grid?.code ?? '', east: Number(grid?.east) };
};

describe('名册', () => {
  let office: Person;
  const step = storySteps(() => office.lookBroken());
  beforeAll(async () => {
    office = await at.enter('赵文斌', 'rosters');
  });
  afterAll(() => office.leave());

  const rowsOf = async (above: string) => {
    const { code } = await gridOf(at.town.villageA);
    const row = { 层级: '小组', 上级编码: code, 值班电话: '0752-8880112' };
    return [
      { ...row, 名称: '四组', 编码: `${code}004` },
      { ...row, 名称: '五组', 编码: `${code}005`, 上级编码: above },
    ];
  };

  step('a list with a wrong row is shown as what it would do; nothing of it comes in', async () => {
    const { page, look } = office;
    await openFromDesk(page, '导入名册');
    await chooseRoster(page, '网格');
    const file = { name: '网格.xlsx', content: await sheetOf(await rowsOf('990000000000')) };
    await checkFile(page, file, '第 3 行“上级编码”：没有这个上级，请核对，或把它也写进这张表');
    await look('1-wrong-row');
    expect(await page.getByRole('button', { name: '导入', exact: true }).count()).toBe(0);
    await openSegment(page, '看哪些', /新增/);
    await reads(page, /^四组/);
    const errors = await fileFrom(page, () => press(page, '下载错误表'));
    const told = (await readSheet(errors.path, 100)).map(({ cells }) => cells.join(' '));
    expect(told.join('\n')).toMatch(/五组.*上级编码：没有这个上级/);
  });

  step('mended it is brought in, in one press, after one has said yes', async () => {
    const { page, look } = office;
    const { code } = await gridOf(at.town.villageA);
    const file = { name: '网格.xlsx', content: await sheetOf(await rowsOf(code)) };
    await checkFile(page, file, '没有错，可以导入');
    await look('2-right');
    await takeIn(page, '新增 2 个，变更 0 个，终止 0 个');
    await look('3-brought-in');
    const { nodes } = await at.town.as('admin').ok('trees.outline', { params: { tree: 'grid' } });
    expect(nodes.filter(({ name }) => name === '四组' || name === '五组')).toHaveLength(2);
  });

  step('a boundary is drawn beside its old one before it is taken', async () => {
    const { page, look } = office;
    await press(page, '再导入一份');
    await page.getByRole('radio', { name: /^网格边界/ }).click();
    await choose(page, '坐标系', 'GCJ-02（高德、腾讯地图）');
    const [{ code }, { lat, lng }] = [await gridOf(at.town.groups.a1), at.town.centres.a1];
    await checkFile(page, squareAt(code, { lng, lat }), '没有错，可以导入');
    await page.getByRole('img', { name: /^边界草图：蓝色实线：新的边界；红色虚线：原来的/ }).waitFor();
    await look('4-boundary');
    await takeIn(page, '变更 1 个');
    expect((await gridOf(at.town.groups.a1)).east).toBeCloseTo(lng + 0.004, 6);
  });

  test('nothing went wrong on the screen', () => expect(office.faults.all).toEqual([]));
});

describe('网格的变动', () => {
  let office: Person;
  const step = storySteps(() => office.lookBroken());
  beforeAll(async () => {
    office = await at.enter('赵文斌', 'trees');
  });
  afterAll(() => office.leave());
  const upward = async (name: string) => {
    const { nodes } = await at.town.as('admin').ok('trees.outline', { params: { tree: 'grid' } });
    const own = nodes.find((node) => node.name === name);
    return nodes.find(({ id }) => id === own?.parentId)?.name;
  };

  step('a group moves to another village today, and its page tells since when and why', async () => {
    const { page, look } = office;
    await openTrees(page);
    await openNode(page, '四组');
    await changeNode(page, { verb: '划转', question: '划到哪里？', into: '石岭村', reason: '路修通以后离石岭村近' });
    await reads(page, /赵文斌（.*） · 路修通以后离石岭村近/);
    await look('1-moved');
    expect(await upward('四组')).toBe('石岭村');
  });

  step('the keyboard alone: Escape leaves a sheet, Enter in a box does it, and the focus comes back', async () => {
    const { page } = office;
    await press(page, '改名');
    await page.getByRole('dialog', { name: '四组：改名' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('改名');
    await page.keyboard.press('Enter');
    await write(page, '新的名称', '河东组');
    for (const _ of Array.from({ length: 12 })) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await write(page, '为什么改？', '村民会议定的');
    await page.keyboard.press('Enter');
    await page.locator('.admin-head__name', { hasText: '河东组' }).waitFor();
    expect(await upward('河东组')).toBe('石岭村');
  });

  step(
    'two villages merge from a day on: until then it can be called off, and then everything goes along',
    async () => {
      const { page, look } = office;
      const tomorrow = at.inChina(1 * days).day;
      const merge = { verb: '合并', question: '并入哪里？', into: '碧塘村', from: tomorrow } as const;
      await openNode(page, '石岭村');
      await changeNode(page, { ...merge, reason: '试一试' });
      await reads(page, '还没到日子');
      await press(page, '取消这项变动');
      await reads(page, '已取消');
      await changeNode(page, { ...merge, reason: '县民政局批复，两村合并' });
      await look('2-planned');
      expect(await upward('河东组')).toBe('石岭村');
      await at.comes(1 * days);
      expect(await upward('河东组')).toBe('碧塘村');
    },
  );

  step('a group that nobody lives in is closed', async () => {
    const { page, look, reopen } = office;
    await reopen();
    await openTrees(page);
    await openNode(page, '河东组');
    await changeNode(page, { verb: '撤销', reason: '并入一组' });
    await reads(page, '撤销 河东组');
    await look('3-closed');
    expect(await upward('河东组')).toBeUndefined();
  });

  test('nothing went wrong on the screen', () => expect(office.faults.all).toEqual([]));
});
