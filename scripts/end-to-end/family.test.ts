import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import { linkTo } from '../../server/src/foundation/links/links';
import { days } from '../../server/test/journey';
import { buildTown, type Town } from '../../server/test/town';
import { buildMiniapp } from '../miniapp.mjs';
import { askToBeBound, askToCare, confirmIdentity } from './pages/bind-household';
import { chooseGuardian, moveInByPhone, openHousehold, registerMember, showNumber } from './pages/keep-household';
import { askCorrection, closeAccount, decideCorrection, exportMine, openOwnData } from './pages/own-data';
import { openTab, press, pressInDialog, reads, words } from './pages/screen';
import { signInAs } from './pages/sign-in';
import { arrive, prepareForDemo, type Device, type Person } from './people';
import { openStage, type Stage } from './stage';
import { storySteps } from './story';

/**
 * One family and its grid worker: who lives there, who is let in, who cares from afar, and what each may do about what is
 * kept of him, to the end of it.
 */
let stage: Stage;
let town: Town;
const names = { newcomer: '新邻居0001', worker: '陈小燕', resident: '王桂英', child: '陈志远' } as const;
type Role = keyof typeof names;

beforeAll(async () => {
  const h5Dir = process.env['H5_DIR'] ?? (await buildMiniapp('h5'));
  stage = await openStage({ config: { h5Dir } });
  town = await buildTown(stage.server);
  const keys = { newcomer: 'supervisor', gridWorker: 'gridWorker', resident: 'resident', child: 'son' };
  await prepareForDemo(stage.server, town, keys);
  // Nobody knows yet how to reach her.
  await stage.server.world.database.transaction((db) =>
    db.write('UPDATE person SET phone_sealed = NULL, phone_index = NULL WHERE id = ?', [town.people.newcomer.id]),
  );
}, 180_000);
afterAll(() => stage?.close());

describe('one family', () => {
  const people = {} as Record<Role, Person>;
  const step = storySteps(() => Promise.all(Object.values(people).map((person) => person.lookBroken())));
  const enter = async (role: Role, device: Device = 'phone') => {
    people[role] = await arrive({ ...stage, device, called: `family-${role}` });
    await signInAs(people[role].page, names[role]);
    return people[role];
  };
  afterAll(() => Promise.all(Object.values(people).map((person) => person.leave())));
  const home = /^王\*英 · \d 人/;
  const atHome = async () => {
    const params = { householdId: town.households.resident };
    return (await town.as('gridWorker').ok('households.read', { params })).people;
  };

  step('绑定: a newcomer says whose house he is of, and sees nothing of it', async () => {
    const { page, look } = await enter('newcomer');
    const said = { phone: '15412340001', village: '碧塘村', group: '一组', head: '王桂英', door: '12号' };
    await askToBeBound(page, said);
    await look('1-asked');
    expect(await page.getByText('陈').count()).toBe(0);
  });

  step('花名册: the worker writes down two who are missing, and who answers for the child', async () => {
    const { page, look } = await enter('worker', 'desk');
    await openHousehold(page, '12号', home);
    await registerMember(page, { name: '陈小芳', bornOn: '1990-05-06', relation: '子女' });
    await registerMember(page, { name: '陈小宝', bornOn: '2018-03-04', relation: '孙辈' });
    await chooseGuardian(page, '陈*宝', '陈*芳');
    await look('1-household');
    expect(await atHome()).toHaveLength(4);
  });

  step('迁入: somebody who belongs to no house comes into this one, by the number he gives', async () => {
    const { page, look } = people.worker;
    await moveInByPhone(page, town.people.member2.phone, '张*平');
    await look('2-moved-in');
    expect((await atHome()).map(({ name }) => name)).toContain('张*平');
  });

  step('核实身份: she is who she says, and from then on the house is hers', async () => {
    const { page, look } = people.worker;
    await confirmIdentity(page, /^陈\*芳/, '当面看了户口簿');
    await look('3-confirmed');
    await people.newcomer.reopen();
    await openTab(people.newcomer.page, '我的');
    await press(people.newcomer.page, /^我家/);
    await reads(people.newcomer.page, '陈小芳（您）');
    await people.newcomer.look('2-home');
  });

  step('照看: the son in the city scans the code at the door, and his mother says yes', async () => {
    const now = new Date(stage.server.clock.now());
    const key = await stage.server.world.database.transaction((db) =>
      linkTo(db, { what: 'home', thingId: town.households.resident }, now),
    );
    const son = await enter('child');
    await son.page.goto(`${stage.server.url}/c/${key}`);
    await press(son.page, /^我在外地，想照看这一户/);
    await askToCare(son.page, '子女');
    const mother = await enter('resident');
    await openTab(mother.page, '我的');
    await press(mother.page, /^我家/);
    await mother.look('1-asked-for-care');
    await press(mother.page, '同意');
    await reads(mother.page, '照看中');
    await son.reopen();
    await openTab(son.page, '我的');
    await press(son.page, /^我照看的家/);
    await press(son.page, /^看看家里/);
    await reads(son.page, '家里人');
    await son.look('1-cares');
  });

  step('谁看过: the worker shows her number for a visit, and she reads who did and why', async () => {
    const { phone } = town.people.resident;
    await openHousehold(people.worker.page, phone, home);
    await showNumber(people.worker.page, '王*英', '上门走访', phone);
    const { page, look } = people.resident;
    await openOwnData(people.resident, /^谁看过我的信息/);
    await reads(page, '陈小燕看了您的完整信息');
    await reads(page, /一组网格员 · 为了走访/);
    await look('2-looks');
  });

  step('导出: she takes along all that is kept of her, to read and for another system', async () => {
    const json = await readFile((await exportMine(people.resident, 'JSON')).path, 'utf8');
    expect(json).toContain(town.people.resident.phone);
    const pdf = await exportMine(people.resident, 'PDF');
    expect((await readFile(pdf.path)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  step('更正: what is wrong is put right by the worker, and she hears of it', async () => {
    const { page, look } = people.resident;
    await askCorrection(people.resident, '手机号', '15412340009', '换号了');
    await look('3-correction');
    await decideCorrection(people.worker.page, '照身份证核对过，已改好。');
    await openOwnData(people.resident, /^更正我的信息/);
    await reads(page, /答复：照身份证核对过，已改好。/);
    await reads(page, '15412340009');
  });

  step('注销: taken back once, asked for again, and after the days to think she is gone', async () => {
    const { page, look, faults } = people.resident;
    await closeAccount(people.resident);
    await look('4-closing');
    await press(page, '不注销了');
    await reads(page, '会留下、但看不出是谁的');
    await press(page, '申请注销');
    await pressInDialog(page, '申请注销');
    await reads(page, '已经申请注销');
    stage.server.clock.advance(16 * days);
    await stage.server.drain(town.townId);
    faults.expectStatus(401);
    faults.expectStatus(404); // nor does the demo know her any more
    await people.resident.reopen();
    await words(page, /^演示/).waitFor();
    await look('5-gone');
    expect((await atHome()).map(({ name }) => name)).not.toContain('王*英');
  });

  test('nothing went wrong on any of their screens', () => {
    expect(Object.entries(people).map(([role, { faults }]) => [role, faults.all])).toEqual(
      Object.keys(people).map((role) => [role, []]),
    );
  });
});
