import { press, reads, type Screen } from './screen';

/** From the home page to the showcase that waits for the judge. */
export async function openScoring(screen: Screen): Promise<void> {
  await screen.getByRole('button', { name: /^请您评分/ }).click();
  await reads(screen, '怎么评');
}

/** Writes marks for one contestant, by criterion; they are not sent yet. */
export async function writeMarks(
  screen: Screen,
  contestant: string,
  marks: Readonly<Record<string, string>>,
): Promise<void> {
  await press(screen, `给${contestant}打分`);
  for (const [criterion, mark] of Object.entries(marks)) {
    await screen.getByRole('spinbutton', { name: `${criterion}，多少分`, exact: true }).fill(mark);
  }
}

/** Sends them, once and for all. */
export async function giveMarks(screen: Screen): Promise<void> {
  await press(screen, '交分');
  await screen.getByRole('alertdialog').getByRole('button', { name: '交分', exact: true }).click();
}
