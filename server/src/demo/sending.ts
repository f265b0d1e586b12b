import type { Task } from '../rooms/orders/task.entity';
import { actOnTask, claim, dispatch, type Wanted } from './acts';
import type { Inhabitant } from './homes';
import { clockOf, pass } from './pace';
import { claimant, deskPerson, fitting, helpersFor } from './roles';
import { shifted } from './stage';
import { currentTask, NobodyFits, wait, type Story } from './story';
import { openSealed } from './studying';
import * as everyday from './words/everyday-words';

const units: Partial<Record<string, string>> = {
  waterSupply: '镇自来水站',
  powerCut: '东澄供电所',
  telecom: '电信营业部',
};
const teamCategories = ['farmHands', 'disaster', 'missingPerson'];

/** 下单 and 接单, until somebody has it in hand. */
export async function sendOut(story: Story): Promise<void> {
  const { random } = story.stage;
  const { record } = story;
  wait(story, random.between(3, 90), clockOf(story));
  await openSealed(story);
  const unit = units[record.categoryId];
  if (unit && random.chance(0.45)) return sendToUnit(story, unit);
  if (teamCategories.includes(record.categoryId)) return sendTeam(story);
  const isTrust = record.visibility === 'confidential';
  if (isTrust || random.chance(0.38)) return sendOne(story);
  return sendToHall(story);
}

const note = (story: Story): string | null =>
  story.stage.random.chance(0.4) ? story.stage.random.pick(everyday.dispatchNotes) : null;

async function sendToHall(story: Story): Promise<void> {
  const { random, reference } = story.stage;
  const skill = random.chance(0.5) ? reference.category(story.record.categoryId)?.skill : null;
  const known =
    skill && helpersFor(story).some(({ row }) => story.stage.population.skills.get(row.id)?.has(skill as never));
  dispatch(story, deskPerson(story, 'dispatch'), {
    mode: 'open',
    note: note(story),
    skill: known ? (skill as Task['skill']) : null,
  });
  takeUp(story, claimant(story, currentTask(story)));
  if (!random.chance(0.04)) return;
  const task = currentTask(story);
  wait(story, random.between(10, 100), clockOf(story));
  await giveBack(story, task);
  takeUp(story, claimant(story, currentTask(story)));
}

async function sendOne(story: Story): Promise<void> {
  const { random } = story.stage;
  const assign = (replaces?: Task): Task => {
    const chosen = claimantBeforehand(story, replaces);
    const wanted: Wanted = { mode: 'assigned', assigneeId: chosen.row.id, note: note(story) };
    dispatch(story, deskPerson(story, 'dispatch'), wanted, replaces);
    takeUp(story, chosen);
    return currentTask(story);
  };
  const task = assign();
  if (!random.chance(0.04)) return;
  wait(story, random.between(10, 100), clockOf(story));
  await giveBack(story, task);
  wait(story, random.between(5, 60), clockOf(story));
  assign(currentTask(story));
}

/** Who will be sent: helpers come in their order, less the one who has just given it back. */
function claimantBeforehand(story: Story, replaces?: Task): Inhabitant {
  const found = helpersFor(story).find(({ row }) => row.id !== replaces?.assigneeId);
  if (!found) throw new NobodyFits('Nobody can be sent');
  return found;
}

async function giveBack(story: Story, task: Task): Promise<void> {
  const { random } = story.stage;
  const holder = story.stage.person(task.leadId ?? '');
  const reason = random.pick(['timeConflict', 'noSkill', 'unwell'] as const);
  await actOnTask(story, holder, 'giveBack', task, { reason, words: random.pick(everyday.giveBackWords) });
}

/** 转外单位: the head of the desk keeps it and writes in what the unit answers. */
async function sendToUnit(story: Story, unit: string): Promise<void> {
  const { random } = story.stage;
  const keeper = story.stage.holders('deskLead', story.record.villageId ?? '')[0];
  if (!keeper || keeper.row.householdId === story.record.householdId) return sendOne(story);
  const letterNumber = random.chance(0.5) ? `东澄函〔${story.at.getUTCFullYear()}〕${random.int(1, 200)}号` : null;
  const ids = { assigneeId: keeper.row.id, keeperId: keeper.row.id };
  dispatch(story, fitting(story, [keeper], 'dispatch'), {
    mode: 'external',
    ...ids,
    unit,
    unitContact: '值班室',
    letterNumber,
  });
  takeUp(story, keeper);
}

async function sendTeam(story: Story): Promise<void> {
  const { random } = story.stage;
  const places = random.int(2, 5);
  dispatch(story, deskPerson(story, 'dispatch'), { mode: 'team', places, minPlaces: 2, note: note(story) });
  for (let seat = 0; seat < places; seat += 1) takeUp(story, claimant(story, currentTask(story)), 1 / places);
}

/** 接单, with the promised time. */
export function takeUp(story: Story, who: Inhabitant, factor = 1): void {
  const { random } = story.stage;
  pass(story, 'claim', factor);
  const promisedAt = shifted(story.stage, 'daytime', story.at, random.between(60, 900));
  claim(story, who, currentTask(story), promisedAt);
}
