import { expect } from '@jest/globals';
import { ulid } from 'ulid';
import { readSheet } from '../../server/src/foundation/spreadsheets/read-sheet';
import { days, hours, journeyIn } from '../../server/test/journey';
import { openNode, openTrees } from './pages/change-tree';
import { prepareHandover, takeBack } from './pages/hand-over';
// prettier-ignore
import { fileFrom, openFromDesk, openSegment, openTab, press, pressFurtherDown, pressInSheet, reads } from './pages/screen';
import { openOffice, type Office } from './office';
import type { Person } from './people';
import { storySteps } from './story';

/**
 * A county's office at its computer: an election, and the auditor who looks at all of it afterwards. What an election asks
 * of whoever leaves is answered on his phone.
 */
let at: Office;
beforeAll(async () => {
  at = await openOffice('office');
}, 180_000);
afterAll(() => at?.close());

describe('换届', () => {
  let office: Person;
  const step = storySteps(() => office.lookBroken());
  let village: ReturnType<typeof journeyIn>;
  const held = { kept: '', passed: '' };
  const rolesOf = async (who: 'deskLead' | 'member3') =>
    (await at.town.as(who).ok('people.me')).roles.map(({ role }) => role);

  beforeAll(async () => {
    village = journeyIn(at.stage.server, at.town);
    // He helps as a party member, too, so that he may go on with what he has.
    const post = {
      personId: at.town.people.deskLead.id,
      role: 'helper',
      kind: 'partyMember',
      openReason: '长期',
    } as const;
    const body = { ...post, tree: 'grid', nodeId: at.town.villageA } as const;
    await at.town.as('admin').ok('posts.give', { params: { postId: ulid() }, body });
    held.kept = (await village.toClaimed('deskLead', { categoryId: 'streetLight' })).orderId;
    held.passed = (await village.toClaimed('deskLead', { categoryId: 'roadDamage' })).orderId;
    office = await at.enter('赵文斌', 'handover');
  });
  afterAll(() => office.leave());

  const prepare = async () => {
    await openTrees(office.page);
    await openNode(office.page, '碧塘村');
    const from = at.inChina(0.5 * hours);
    const until = at.inChina(1000 * days).day;
    await prepareHandover(office.page, { leaving: /^村级网格长 刘建华/, successor: '罗秋月', until, at: from });
    await reads(office.page, '刘建华 → 罗秋月');
  };
  const takesEffect = async () => {
    await at.comes(1 * hours);
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
    const { page, look, faults, leave } = await at.enter('刘建华', 'leaving', 'phone');
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
    const office = await at.enter('赵文斌', 'settings');
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
    const { workdays } = await at.town
      .as('admin')
      .ok('settings.holidays', { params: { gridId: at.town.countyId, year: 2027 } });
    expect(workdays).toContain('2027-10-10');
  });

  step(
    '审计记录: the auditor finds what the office has done, follows one thing, and takes the list along',
    async () => {
      await at.stage.server.drain(at.town.townId);
      const auditor = await at.enter('钱审之', 'audit');
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
