import { expect } from '@jest/globals';
import { ulid } from 'ulid';
import { readSheet } from '../../server/src/foundation/spreadsheets/read-sheet';
import { days, hours, journeyIn } from '../../server/test/journey';
import { sheetOf } from '../../server/test/roster-files';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { changeNode, openNode, openTrees } from './pages/change-tree';
import { prepareHandover, takeBack } from './pages/hand-over';
import { checkFile, chooseRoster, squareAt, takeIn } from './pages/import-roster';
// prettier-ignore
import { choose, fileFrom, openFromDesk, openSegment, openTab, press, pressFurtherDown, pressInSheet, reads, write } from './pages/screen';
import { signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/**
 * A county's office at its computer: lists from Excel, the trees, an election, and the auditor who looks at all of it
 * afterwards. What an election asks of whoever leaves is answered on his phone.
 */
let stage: Stage;
let town: Town;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
  town = await buildTown(stage.server);
  await prepareForDemo(stage.server, town, { admin: 'admin', deskLead: 'deskLead', auditor: 'auditor' });
}, 180_000);
afterAll(() => stage?.close());

const enter = async (name: string, called: string, device: Device = 'desk'): Promise<Person> => {
  const person = await arrive({ ...stage, device, called: `office-${called}` });
  await signInAs(person.page, name);
  return person;
};
const gridOf = async (id: string) => {
  const sql = "SELECT code, JSON_VALUE(boundary, '$.coordinates[0][1][0]') AS east FROM grid WHERE id = ?";
  const [grid] = await stage.server.world.database.reading.query<{ code: string; east: string }>(sql, [id]);
  return { code: grid?.code ?? '', east: Number(grid?.east) };
};
const comes = async (milliseconds: number): Promise<void> => {
  stage.server.clock.advance(milliseconds);
  await stage.server.drain(town.townId);
};
/** A moment from now, as one writes it in China. */
const inChina = (milliseconds: number): { day: string; time: string } => {
  const text = new Date(stage.server.clock.now() + milliseconds + 8 * hours).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
};

describe('名册', () => {
  let office: Person;
  const step = storySteps(() => office.lookBroken());
  beforeAll(async () => {
    office = await enter('赵文斌', 'rosters');
  });
  afterAll(() => office.leave());

  const rowsOf = async (above: string) => {
    const { code } = await gridOf(town.villageA);
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
    const { code } = await gridOf(town.villageA);
    const file = { name: '网格.xlsx', content: await sheetOf(await rowsOf(code)) };
    await checkFile(page, file, '没有错，可以导入');
    await look('2-right');
    await takeIn(page, '新增 2 个，变更 0 个，终止 0 个');
    await look('3-brought-in');
    const { nodes } = await town.as('admin').ok('trees.outline', { params: { tree: 'grid' } });
    expect(nodes.filter(({ name }) => name === '四组' || name === '五组')).toHaveLength(2);
  });

  step('a boundary is drawn beside its old one before it is taken', async () => {
    const { page, look } = office;
    await press(page, '再导入一份');
    await page.getByRole('radio', { name: /^网格边界/ }).click();
    await choose(page, '坐标系', 'GCJ-02（高德、腾讯地图）');
    const [{ code }, { lat, lng }] = [await gridOf(town.groups.a1), town.centres.a1];
    await checkFile(page, squareAt(code, { lng, lat }), '没有错，可以导入');
    await page.getByRole('img', { name: /^边界草图：蓝色实线：新的边界；红色虚线：原来的/ }).waitFor();
    await look('4-boundary');
    await takeIn(page, '变更 1 个');
    expect((await gridOf(town.groups.a1)).east).toBeCloseTo(lng + 0.004, 6);
  });

  test('nothing went wrong on the screen', () => expect(office.faults.all).toEqual([]));
});

describe('网格的变动', () => {
  let office: Person;
  const step = storySteps(() => office.lookBroken());
  beforeAll(async () => {
    office = await enter('赵文斌', 'trees');
  });
  afterAll(() => office.leave());
  const upward = async (name: string) => {
    const { nodes } = await town.as('admin').ok('trees.outline', { params: { tree: 'grid' } });
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
      const tomorrow = inChina(1 * days).day;
      const merge = { verb: '合并', question: '并入哪里？', into: '碧塘村', from: tomorrow } as const;
      await openNode(page, '石岭村');
      await changeNode(page, { ...merge, reason: '试一试' });
      await reads(page, '还没到日子');
      await press(page, '取消这项变动');
      await reads(page, '已取消');
      await changeNode(page, { ...merge, reason: '县民政局批复，两村合并' });
      await look('2-planned');
      expect(await upward('河东组')).toBe('石岭村');
      await comes(1 * days);
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

describe('换届', () => {
  let office: Person;
  const step = storySteps(() => office.lookBroken());
  let village: ReturnType<typeof journeyIn>;
  const held = { kept: '', passed: '' };
  const rolesOf = async (who: 'deskLead' | 'member3') =>
    (await town.as(who).ok('people.me')).roles.map(({ role }) => role);

  beforeAll(async () => {
    village = journeyIn(stage.server, town);
    // He helps as a party member, too, so that he may go on with what he has.
    const post = {
      personId: town.people.deskLead.id,
      role: 'helper',
      kind: 'partyMember',
      openReason: '长期',
    } as const;
    const body = { ...post, tree: 'grid', nodeId: town.villageA } as const;
    await town.as('admin').ok('posts.give', { params: { postId: ulid() }, body });
    held.kept = (await village.toClaimed('deskLead', { categoryId: 'streetLight' })).orderId;
    held.passed = (await village.toClaimed('deskLead', { categoryId: 'roadDamage' })).orderId;
    office = await enter('赵文斌', 'handover');
  });
  afterAll(() => office.leave());

  const prepare = async () => {
    await openTrees(office.page);
    await openNode(office.page, '碧塘村');
    const at = inChina(0.5 * hours);
    const until = inChina(1000 * days).day;
    await prepareHandover(office.page, { leaving: /^村级网格长 刘建华/, successor: '罗秋月', until, at });
    await reads(office.page, '刘建华 → 罗秋月');
  };
  const takesEffect = async () => {
    await comes(1 * hours);
    await office.reopen();
    await openFromDesk(office.page, '换届交接');
    await press(office.page, /^碧塘村 换届.*已生效/);
    await reads(office.page, '变了的');
  };

  step('what is prepared can be called off, and what has come can be taken back within a day', async () => {
    await prepare();
    await office.look('1-prepared');
    await takeBack(office.page, '取消交接', '已取消');
    await office.reopen();
    await prepare();
    await takesEffect();
    expect(await rolesOf('member3')).toContain('deskLead');
    await takeBack(office.page, '撤回', '已撤回');
    expect(await rolesOf('deskLead')).toContain('deskLead');
    expect(await rolesOf('member3')).not.toContain('deskLead');
  });

  step('prepared again it comes, with a list on paper of what goes to whom', async () => {
    await office.reopen();
    await prepare();
    await takesEffect();
    await office.look('2-in-effect');
    const paper = await fileFrom(office.page, () => press(office.page, '交接清单'));
    expect(paper.name).toBe('碧塘村交接清单.pdf');
    expect(await rolesOf('deskLead')).toEqual(['helper']);
  });

  step('接着办还是交出去: 刘建华 keeps one task and hands over the other, on his phone', async () => {
    const { page, look, faults, leave } = await enter('刘建华', 'leaving', 'phone');
    await openTab(page, '接单');
    await press(page, /^手上的任务请您定.*2 件/);
    await look('1-asked');
    await press(page, /^接着办还是交出去：路灯不亮/);
    await press(page, '接着办');
    await pressInSheet(page, '接着办');
    await reads(page, '好的，这件还是您办');
    await press(page, '返回');
    await press(page, /^接着办还是交出去：道路破损/);
    await press(page, '交出去');
    await look('2-hand-over');
    await pressInSheet(page, '交出去');
    await reads(page, '交出去了，会请别人来办');
    expect((await village.read(held.kept)).holder).toBe('刘建华');
    expect((await village.read(held.passed)).holder).toBeNull();
    expect(faults.all).toEqual([]);
    await leave();
  });

  test('nothing went wrong on the screen', () => expect(office.faults.all).toEqual([]));
});

describe('设置和审计', () => {
  const seen: Person[] = [];
  const step = storySteps(() => Promise.all(seen.map((person) => person.lookBroken())));
  afterAll(() => Promise.all(seen.map((person) => person.leave())));

  step('放假安排: the administrator adds a day that is worked for a holiday', async () => {
    const office = await enter('赵文斌', 'settings');
    seen.push(office);
    const { page, look } = office;
    await openFromDesk(page, '设置');
    await openSegment(page, '看哪些设置', '全县的设置');
    await openSegment(page, '哪一年的放假安排', '2027 年');
    await reads(page, '2027 年的还没有录入');
    await press(page, '录入 2027 年的');
    await press(page, '加一天调休上班');
    await page
      .getByLabel(/^调休上班，第 \d+ 天$/)
      .last()
      .fill('2027-10-10');
    await look('1-holidays');
    await pressInSheet(page, '保存');
    await reads(page, /10月10日/);
    const { workdays } = await town
      .as('admin')
      .ok('settings.holidays', { params: { gridId: town.countyId, year: 2027 } });
    expect(workdays).toContain('2027-10-10');
  });

  step(
    '审计记录: the auditor finds what the office has done, follows one thing, and takes the list along',
    async () => {
      await stage.server.drain(town.townId);
      const auditor = await enter('钱审之', 'audit');
      seen.push(auditor);
      const { page, look } = auditor;
      await openFromDesk(page, '审计记录');
      await openSegment(page, '看哪一类', '权限和设置');
      await pressFurtherDown(page, /^撤回交接.*赵文斌/);
      await reads(page, /^2026-09-\d\d \d\d:\d\d:\d\d$/);
      await look('1-entry');
      await press(page, '只看这个交接的');
      const list = page.getByRole('list', { name: '审计记录' });
      await list.getByRole('button', { name: /^准备交接/ }).waitFor();
      expect(await list.getByRole('button').count()).toBe(2);
      const paper = await fileFrom(page, () => press(page, '导出审计记录，Excel'));
      expect(JSON.stringify(await readSheet(paper.path, 100))).toContain('撤回交接');
    },
  );

  test('nothing went wrong on their screens', () => expect(seen.map(({ faults }) => faults.all)).toEqual([[], []]));
});
