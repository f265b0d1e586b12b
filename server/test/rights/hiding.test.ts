import { startTestServer, type TestServer } from '../server';
import { buildTown, type Town } from '../town';
import type { PersonName } from '../town-cast';
import { everythingToldTo, type Told } from './crawl';
import { contactOf, fillWithSecrets, orderNames, type OrderName, type Secrets } from './secrets';

/** Another person's orders: never. Everybody asks for every list and by every id, and what comes back is looked through. */
const curious = [
  ...(['resident', 'spouse', 'otherResident', 'farResident', 'child', 'newcomer'] as const),
  ...(['member', 'member2', 'memberOutside', 'externalKeeper', 'hubKeeper', 'groupLead', 'gridWorker'] as const),
  ...(['deskLead', 'deskLead2', 'deskLeadOutside', 'townDispatcher', 'inspector', 'disciplineDesk'] as const),
  ...(['liaison', 'villageSupervisor', 'secretary', 'admin', 'auditor'] as const),
] satisfies PersonName[];
type Curious = (typeof curious)[number];

let server: TestServer;
let town: Town;
let secrets: Secrets;
const told = new Map<Curious, Told[]>();

beforeAll(async () => {
  server = await startTestServer();
  town = await buildTown(server);
  secrets = await fillWithSecrets(server, town);
  for (const name of curious) told.set(name, await everythingToldTo(town.as(name), town, secrets));
}, 120_000);
afterAll(() => server.close());

/** What somebody learned of an order, the most of it. `exists`: that it is there, `hall`: what is to be done. */
type Level = 'nothing' | 'exists' | 'hall' | 'summary' | 'whole' | 'clear';

function learned(name: Curious, order: OrderName): Level {
  const { contactName, contactPhone } = contactOf(order);
  const photo = secrets.photos[order];
  const all = told.get(name) ?? [];
  const says = (...words: (string | undefined)[]) =>
    all.some(({ text }) => words.some((word) => word !== undefined && text.includes(word)));
  if (says(contactName, contactPhone)) return 'clear';
  if (says(`${order}-words`, `${order}-address`, `${order}-heard`, photo)) return 'whole';
  if (says(`${order}-summary`)) return 'summary';
  if (says(`${order}-title`)) return 'hall';
  // A message of former days may point to what was one's own then.
  return all.some(({ by, text }) => by !== 'messages.list' && text.includes(secrets.ids[order])) ? 'exists' : 'nothing';
}

const all = (level: Level, ...names: Curious[]): Partial<Record<Curious, Level>> =>
  Object.fromEntries(names.map((name) => [name, level]));

/** Those who watch over the group, whatever they are called. */
const posts = ['groupLead', 'gridWorker', 'hubKeeper', 'liaison', 'secretary', 'inspector'] as const;
const desks = ['deskLead', 'deskLead2', 'townDispatcher'] as const;
const staff = all('whole', ...posts, ...desks);
const helpers = ['member', 'member2', 'externalKeeper'] as const;

/** Whoever is not named learns nothing. */
const expected: Record<OrderName, Partial<Record<Curious, Level>>> = {
  // Who lives in the village reads the summary, and so does who serves it, with the task.
  lamp: {
    ...{ ...all('summary', 'otherResident', 'spouse', ...helpers), ...staff },
    ...all('clear', 'resident', 'member'),
  },
  quiet: { ...staff, resident: 'clear' },
  hall: { ...all('hall', ...helpers), ...staff, resident: 'clear' },
  about: { ...staff, deskLead: 'nothing', villageSupervisor: 'whole', resident: 'clear' },
  // The neighbour whose own order was merged into it follows it, without the contact.
  primary: { ...staff, otherResident: 'whole', spouse: 'clear' },
  joined: { ...staff, otherResident: 'clear' },
  sealed: { ...all('exists', 'deskLead', 'deskLead2'), resident: 'clear' },
  opened: { deskLead: 'whole', ...all('clear', 'child', 'member') },
  returned: { deskLead: 'whole', child: 'clear' },
  raised: { townDispatcher: 'exists', child: 'clear' },
  conduct: { disciplineDesk: 'exists', child: 'clear' },
  protected: { ...all('exists', 'deskLead', 'deskLead2'), spouse: 'clear' },
  sampled: { ...all('whole', 'deskLead', 'inspector'), ...all('clear', 'resident', 'member') },
};

test.each(orderNames)('the order “%s”: who learns how much of it', (order) => {
  const found = Object.fromEntries(curious.map((name) => [name, learned(name, order)]));
  const written = Object.fromEntries(curious.map((name) => [name, expected[order][name] ?? 'nothing']));
  expect(found).toEqual(written);
});

const residents = ['resident', 'spouse', 'otherResident', 'farResident', 'child'] as const;
/** Who has an order of theirs in hand reads their names in its history. */
const handlers: Readonly<Record<(typeof residents)[number], readonly Curious[]>> = {
  resident: ['member'],
  otherResident: ['member'],
  child: ['member'],
  spouse: [],
  farResident: [],
};

test.each(residents)(
  'the name and the phone of “%s” are told in full to nobody but those who handle the matter',
  (resident) => {
    const { name, phone } = town.people[resident];
    const knowing = curious.filter((person) =>
      (told.get(person) ?? []).some(({ text }) => text.includes(name) || text.includes(phone)),
    );
    expect(knowing).toEqual(curious.filter((person) => person === resident || handlers[resident].includes(person)));
  },
);

test('a number in a summary is shown to nobody, not even where the desk had typed it', () => {
  const read = curious.flatMap((person) => told.get(person) ?? []).filter(({ text }) => text.includes('lamp-summary'));
  expect(read.length).toBeGreaterThan(10);
  expect(read.filter(({ text }) => text.includes('13911112222'))).toEqual([]);
});

test('no message names a confidential order, its words, its place or its kind', () => {
  const secret: OrderName[] = ['sealed', 'opened', 'returned', 'raised', 'conduct', 'sampled'];
  const telling = new RegExp(`(${secret.join('|')})-|临时困难|作风|一组`);
  const messages = curious.flatMap((person) => (told.get(person) ?? []).filter(({ by }) => by === 'messages.list'));
  const about = messages.filter(({ text }) => secret.some((order) => text.includes(secrets.ids[order])));
  expect(about.length).toBeGreaterThan(2);
  expect(messages.filter(({ text }) => telling.test(text))).toEqual([]);
});

test('whom an order complains about is told of it by no message either', () => {
  const { about, conduct } = secrets.ids;
  const messages = (told.get('deskLead') ?? []).filter(({ by }) => by === 'messages.list');
  expect(messages).toHaveLength(1);
  expect(messages.filter(({ text }) => text.includes(about) || text.includes(conduct))).toEqual([]);
});
