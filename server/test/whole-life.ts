import { ulid } from 'ulid';
import { HouseholdFlag } from '../src/rooms/households/household.entity';
import { Message } from '../src/rooms/messages/message.entity';
import { commitmentsIn } from './commitment-journey';
import { idNumber as anIdNumber } from './household-sheet';
import { importsInto } from './import-sheet';
import { journeyIn } from './journey';
import { knownToOthers } from './lived-here';
import { rostersIn } from './roster-files';
import type { TestServer } from './server';
import type { Town } from './town';
import { photoOf, voiceOf } from './upload';

/** Somebody whose name, phone and identity number stand nowhere else in the test database. */
export interface Somebody {
  id: string;
  name: string;
  phone: string;
  idNumber: string;
  /** Words with name and number in them, written in two ways. */
  say(words: string): string;
  /** Everything that tells who it is. */
  strings: string[];
}

/** The resident of village B gets a name that nobody else has, a birthday and an identity number. */
export async function unusualPerson(server: TestServer, town: Town): Promise<Somebody> {
  const { id, phone } = town.people.farResident;
  const name = `闫${String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000))}翀`;
  const idNumber = anIdNumber('19560308');
  await server.world.database.transaction((db) =>
    db.write('UPDATE person SET name = ?, born_on = ?, id_number_sealed = ?, id_number_index = ? WHERE id = ?', [
      ...[name, '1956-03-08', db.vault.seal('person.idNumber', idNumber), db.vault.index('person.idNumber', idNumber)],
      id,
    ]),
  );
  const parts = [phone.slice(0, 3), phone.slice(3, 7), phone.slice(7)];
  const say = (words: string): string => `${name}说：${words}，打${phone}或 ${parts.join('-')}`;
  return { id, name, phone, idNumber, say, strings: [name, phone, parts.join('-'), idNumber] };
}

/**
 * Somebody who has used everything: placed, spoken, had done and rated; a photo and a voice; a commitment rated and spoken
 * about; an opinion, a consent, a correction, a message; lists in which he stands; and all that others know of him.
 */
export async function wholeLife(server: TestServer, town: Town, person: Somebody) {
  const ordered = await haveDone(server, town, person);
  await speak(server, town, person);
  await judgeDeeds(server, town, person);
  await standInLists(server, town, person);
  await knownToOthers(server, town, person);
  return ordered;
}

async function haveDone(server: TestServer, town: Town, { name, phone, say }: Somebody) {
  const village = journeyIn(server, town);
  const photoId = await photoOf(town, 'farResident');
  const voiceId = await voiceOf(town, 'farResident');
  const contact = { address: `${name}家门口`, contactName: name, contactPhone: phone };
  const orderId = await village.place(
    { words: say('灯不亮'), photoIds: [photoId], voiceId, ...contact },
    'farResident',
  );
  await village.does('deskLeadOutside', 'ask', orderId, { words: `请${name}说说是哪盏灯` });
  await village.does('farResident', 'answer', orderId, { words: say('门口那盏') });
  await village.does('deskLeadOutside', 'accept', orderId, { publicSummary: '路灯不亮' });
  const taskId = await village.send(orderId, { note: `找${name}` }, 'deskLeadOutside');
  await village.claim(taskId, 'memberOutside');
  await village.doesTask('memberOutside', 'note', taskId, { words: `${name}不在家，改天再去` });
  await village.report(taskId, 'memberOutside', { words: `${name}家的灯修好了` });
  await village.does('farResident', 'confirm', orderId, { contacted: true, solved: true, stars: 5, words: say('好') });
  await village.drain();
  return { orderId, photoId, voiceId };
}

async function speak(server: TestServer, town: Town, { id, name, say }: Somebody): Promise<void> {
  const self = town.as('farResident');
  await self.ok('profile.change', { body: { nickname: name, pictureId: null } });
  await self.ok('opinions.give', {
    params: { opinionId: ulid() },
    body: { kind: 'complaint', words: say('字太小') },
  });
  const answers = { basic: true, sensitive: true };
  await self.ok('privacy.consent', { body: { actionId: ulid(), version: 1, answers } });
  const body = { field: 'phone', value: '15400009999', words: `${name}换号了` } as const;
  await self.ok('privacy.askCorrection', { params: { correctionId: ulid() }, body });
  const at = new Date(server.clock.now());
  const message = { title: `${name}点了单`, words: say('灯'), about: null, eventId: ulid(), at, kind: 'x' };
  await server.world.database.transaction(async (db) => {
    await db.insert(Message, [{ id: ulid(), personId: town.people.deskLeadOutside.id, ...message }]);
    await db.insert(HouseholdFlag, [
      {
        ...{ id: ulid(), householdId: town.households.farResident, personId: id, flag: 'livesAlone', source: 'self' },
        ...{ ground: 'consent', since: '2026-01-01', checkedUntil: '2027-01-01', addedAt: at },
      },
    ]);
  });
}

/** 评诺、异议: of a member's deed, in a year of commitments. */
async function judgeDeeds(server: TestServer, town: Town, { say }: Somebody): Promise<void> {
  const commitments = commitmentsIn(server, town);
  const roundId = await commitments.toDrafting();
  const commitmentId = await commitments.draft({ roundId, forGridId: town.villageB }, 'memberOutside');
  await commitments.does('memberOutside', 'submit', commitmentId, {});
  await commitments.does('secretaryOutside', 'approve', commitmentId, { version: 1 });
  await commitments.does('secretaryOutside', 'publish', commitmentId, {});
  await commitments.does('farResident', 'opine', commitmentId, { words: say('多装一盏') });
  await commitments.moves('townSecretary', 'startReview', roundId);
  await commitments.moves('townSecretary', 'begin', roundId);
  const done = { words: '四盏都亮了', quantityDone: 4, noPhotoReason: 'nothingVisible' } as const;
  await commitments.does('memberOutside', 'deliver', commitmentId, done);
  await commitments.does('farResident', 'rate', commitmentId, { stars: 4, words: say('亮堂') });
  await commitments.does('farResident', 'dispute', commitmentId, { words: say('有一盏不亮') });
  const sheets = importsInto(town, roundId);
  await sheets.checked([{ kind: '微小实事', name: '查无此人', title: say('装路灯') }], 'townSecretary');
}

/** 名册: one list with the person in it, right and wrong, checked and left lying. */
async function standInLists(server: TestServer, town: Town, { name, phone, idNumber, say }: Somebody): Promise<void> {
  const [grid] = await server.world.database.reading.query<{ code: string }>('SELECT code FROM grid WHERE id = ?', [
    town.groups.b1,
  ]);
  const row = { 网格编码: grid?.code ?? '', 姓名: name, 与户主关系: '户主', 身份证号: idNumber, 手机号: phone };
  const lists = rostersIn(server, town, 'households');
  const { id, counts } = await lists.checked([
    { ...row, 户号: '9001', 门牌: '3号' },
    { ...row, 户号: '9002', 门牌: say('三号'), 手机号: `${phone}9` },
  ]);
  if (!counts?.faulty) throw new Error('nothing was wrong with the roster');
  await lists.client.ok('rosters.errors', { params: { importId: id }, body: { actionId: ulid() } });
}
