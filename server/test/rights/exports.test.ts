import readXlsxFile from 'read-excel-file/node';
import { ulid } from 'ulid';
import { extractText, getDocumentProxy } from 'unpdf';
import type { z } from 'zod';
import { auditActs, isAuditAct } from '@sandan/shared/audit/audit.words';
import { isFile, type Endpoint } from '@sandan/shared/endpoint';
import { listExportActs } from '@sandan/shared/privacy/privacy.words';
import { usualProtection } from '@sandan/shared/settings/protection.words';
import { AuditEntry } from '../../src/foundation/audit/audit-entry.entity';
import { unpack } from '../../src/foundation/spreadsheets/zip';
import { routesOf } from '../../src/rooms';
import { endpointOf, type Client } from '../client';
import { startTestServer, type TestServer } from '../server';
import { buildTown } from '../town';
import { cast, type PersonName } from '../town-cast';
import { matrix, people, type PersonKind, type RowKey } from './matrix';
import { scenes } from './scenes';
import { write, type Stage } from './stage';
import { thingsOf } from './things';

/**
 * 导出名单: every file that takes people out of the house, found in the contract itself (`file({ list: … })`): asked for
 * with a second factor, written down, watermarked, so many a day.
 */
let server: TestServer;
let stage: Stage;

beforeAll(async () => {
  server = await startTestServer();
  const town = await buildTown(server);
  stage = { server, town, put: thingsOf(server, town) };
});
afterAll(() => server.close());

const files = routesOf('test').flatMap(({ key, endpoint }) =>
  isFile(endpoint.reply) ? [{ key, holds: endpoint.reply.holds }] : [],
);
const lists = files.flatMap(({ holds }) => ('list' in holds ? holds.list : [])) as RowKey[];

/** Endpoints that hand out the address of something that is no list. */
const forEverybody: Readonly<Record<string, string>> = {
  'papers.notice': '公示表贴在公示栏上，只写公开的内容',
  'papers.showcase': '成绩单公开',
  'posters.poster': '贴在墙上给人扫的海报',
  'posters.plate': '一户自己的门牌码，不写人',
  'privacy.exportMine': '本人（或监护人）自己的信息',
};

const handsOutPaper = ({ reply }: Endpoint): boolean => {
  const shape = (reply as Partial<z.ZodObject>).shape;
  return shape !== undefined && 'address' in shape && 'fileName' in shape;
};

test('every file says what it holds, and every paper whether it is a list', () => {
  expect(lists.length).toBeGreaterThan(5);
  for (const { key, holds } of files) {
    if ('noList' in holds) expect({ key, why: holds.noList.length > 3 }).toEqual({ key, why: true });
  }
  const papers = routesOf('test').filter(({ endpoint }) => handsOutPaper(endpoint));
  expect(papers.map(({ key }) => key).sort()).toEqual([...lists, ...Object.keys(forEverybody)].sort());
});

type Holder = PersonKind & PersonName;
/** Whoever may, by the matrix. */
const holderOf = (key: RowKey) => people.find((person) => matrix[key][person] === 'yes') as Holder;

/** What the endpoint answered him. */
async function asked(key: RowKey) {
  const who = holderOf(key);
  const scene = await scenes[key](stage);
  const client = stage.town.as(who);
  const answers: unknown[] = [];
  const listening: Client = {
    ...client,
    call: async (wanted, sent) => {
      const reply = await client.call(wanted, sent);
      if (wanted === key) answers.push(reply.data ?? reply.problem?.code);
      return reply;
    },
  };
  await scene.attempt(listening, who);
  return { who, client, answer: answers[0] as { address: string; fileName: string } };
}

const exportsOf = (who: PersonName) =>
  server.world.database.reading.query<{ act: string }>(
    'SELECT act FROM audit_entry WHERE person_id = ? AND act IN (?)',
    [...[stage.town.people[who].id, listExportActs]],
  );

/** Each part by itself: a page of a PDF, a sheet of a workbook. */
async function partsOf(file: Buffer): Promise<string[]> {
  if (file.subarray(0, 4).toString() === '%PDF') {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false });
    return text.map((page) => page.replace(/\s/g, ''));
  }
  const feet = unpack(file, { entries: 100, bytes: 10_000_000 }, (name) => name.startsWith('xl/worksheets/sheet'));
  for (const { content } of feet) expect(content.toString('utf8')).toMatch(/<oddFooter>[^<]*导出，仅供工作使用/);
  return (await readXlsxFile(file)).map(({ data }) => data.flat().join('').replace(/\s/g, ''));
}

test.each(lists)(
  '%s takes a second factor, is written down, and says on every part who took it and when',
  async (key) => {
    const endpoint = endpointOf(key as Parameters<typeof endpointOf>[0]);
    expect(endpoint).toMatchObject({ method: 'post', secondFactor: true });
    const { who, client, answer } = await asked(key);
    const noted = (await exportsOf(who)).map(({ act }) => act);
    expect(noted.every((act) => isAuditAct(act) && auditActs[act].kind === 'export')).toBe(true);
    expect(noted.length).toBeGreaterThan(0);
    // What it was filtered by, and for whom, does not stand in the address.
    expect(decodeURIComponent(answer.address)).not.toContain(Buffer.from('personId').toString('base64url').slice(0, 8));
    const file = Buffer.from(await (await client.raw('GET', answer.address)).arrayBuffer());
    const parts = await partsOf(file);
    expect(parts.length).toBeGreaterThan(0);
    for (const part of parts) expect(part).toContain(`由${cast[who].name}于2026年9月15日09:00导出`);
  },
);

test.each(lists)('%s is refused when enough has left today, whatever it was', async (key) => {
  const who = holderOf(key);
  const had = (await exportsOf(who)).length;
  const at = new Date(server.clock.now());
  const more = Array.from({ length: usualProtection.listExportsPerDay - had }, (_, index) => ({
    ...{ id: ulid(), at, personId: stage.town.people[who].id, thingId: null, townId: null, facts: null },
    act: listExportActs[index % listExportActs.length],
  }));
  await write(stage, AuditEntry, more);
  expect((await asked(key)).answer).toBe('export.too-often');
});
