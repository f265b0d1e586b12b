import { openFromDesk, openSegment, press, pressInDialog, reads, type Screen } from './screen';

/** 联户: the plan of one's own village, and of it one group. */
export async function openPlan(screen: Screen, group: RegExp): Promise<void> {
  await openFromDesk(screen, /^联户/);
  await openSegment(screen, '哪个组', group);
}

/** One household is given to another member; the plan is counted anew. */
export async function giveHousehold(screen: Screen, household: RegExp, member: string): Promise<void> {
  await screen.getByRole('checkbox', { name: household }).click();
  await press(screen, '选了 1 户，换给别的党员');
  await screen.getByRole('dialog').getByRole('textbox', { name: '按姓名找' }).fill(member);
  await screen
    .getByRole('dialog')
    .getByRole('radio', { name: new RegExp(`^${member}`) })
    .click();
  await screen.getByRole('checkbox', { name: household }).filter({ hasText: member }).waitFor();
}

export async function applyPlan(screen: Screen): Promise<void> {
  await press(screen, '照这个方案联户');
  await pressInDialog(screen, '就这样安排');
  await reads(screen, '都安排好了，没有要改的。');
}
