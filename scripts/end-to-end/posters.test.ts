import { expect } from '@jest/globals';
import { minutes } from '../../server/test/journey';
import { fileFrom, openFromDesk, press, pressInDialog, reads } from './pages/screen';
import { openOffice, type Office } from './office';
import type { Person } from './people';
import { storySteps } from './story';

/** 码和海报 at the desk of a village: printed while WeChat is away, and taken back. */
let at: Office;
let desk: Person;
const step = storySteps(() => desk.lookBroken());
beforeAll(async () => {
  at = await openOffice('posters');
  desk = await at.enter('刘建华', 'desk');
}, 180_000);
afterAll(async () => {
  await desk?.leave();
  await at?.close();
});

const groups = '打印碧塘村各组海报';

step('while WeChat draws no codes one is asked whether ordinary ones will do, and prints rather later', async () => {
  const { page, look } = desk;
  await openFromDesk(page, '码和海报');
  await page.getByRole('img', { name: '碧塘村海报上的码', exact: true }).waitFor();
  await at.stage.server.wechat.outage(true);
  await press(page, groups);
  await reads(page, /过一会儿再打，就是小程序码。现在打，印的是普通二维码/);
  await look('1-away');
  await pressInDialog(page, '先不打');
  expect(await page.getByRole('alertdialog').count()).toBe(0);
});

step('or at once; when WeChat is back nobody is asked', async () => {
  const { page } = desk;
  await press(page, groups);
  const plain = await fileFrom(page, () => pressInDialog(page, '先打普通的'));
  expect(plain.name).toBe('碧塘村各组海报.pdf');
  await at.stage.server.wechat.outage(false);
  await at.comes(minutes);
  const drawn = await fileFrom(page, () => press(page, groups));
  expect(drawn.name).toBe('碧塘村各组海报.pdf');
});

step('a poster that hangs where it should not is taken back by its code', async () => {
  const { page, look } = desk;
  const thing = { params: { what: 'grid' as const, thingId: at.town.villageA } };
  const { key } = await at.town.as('deskLead').ok('links.give', thing);
  await press(page, '碧塘村海报要收回，换一张码');
  await reads(page, /已经贴出去的碧塘村海报马上作废/);
  await look('2-taken-back');
  await pressInDialog(page, '换一张');
  await reads(page, '换好了，请打印新的');
  expect(await at.town.as('resident').refused('links.open', { params: { key } })).toBe('link.replaced');
});
