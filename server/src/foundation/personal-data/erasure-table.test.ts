import { erasureTable } from './erasure-table';
import { startTestServer, type TestServer } from '../../../test/server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Column {
  name: string;
  type: string;
}

/** Ids are no text: CHAR(26). */
const columns = () =>
  server.world.database.reading.query<Column>(
    `SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) AS name, COLUMN_TYPE AS type FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND (CHARACTER_SET_NAME IS NOT NULL OR DATA_TYPE = 'json') AND COLUMN_TYPE <> 'char(26)'
     ORDER BY 1`,
  );
const lines = Object.entries(erasureTable).flatMap(([table, texts]) =>
  Object.keys(texts).map((column) => `${table}.${column}`),
);

test('every text of the database has a line that says what erasing a person does to it', async () => {
  const missing = (await columns()).filter(({ name }) => !lines.includes(name));
  expect(missing).toEqual([]);
});

test('no line is about a column that is not there, nor leans on one', async () => {
  const all = await server.world.database.reading.query<{ name: string }>(
    `SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  );
  const there = new Set(all.map(({ name }) => name));
  const leaning = Object.entries(erasureTable).flatMap(([table, texts]) =>
    Object.values(texts).flatMap((how) =>
      typeof how === 'string' ? [] : Object.values(how).map((to) => `${table}.${to}`),
    ),
  );
  expect([...lines, ...leaning].filter((name) => !there.has(name))).toEqual([]);
});
