import { api } from '@sandan/shared/api';
import { clientOf } from '../../../test/client';
import { say } from '../../../test/raw-socket';
import { startTestServer, type TestServer } from '../../../test/server';
import { routesOf } from '../../rooms';
import { describeApi, type OpenApi } from './openapi';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => server.close());

type Json = { [key: string]: unknown };

const document = describeApi(routesOf('test'));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const operationOf = (id: string) => {
  const found = operations.find(({ operation }) => operation['operationId'] === id);
  if (!found) throw new Error(`no operation ${id}`);
  return found;
};

/** Every object in the document, with where it stands. */
function walk(value: unknown, visit: (object: Json, at: string) => void, at = '#'): void {
  if (Array.isArray(value)) return value.forEach((each, index) => walk(each, visit, `${at}/${index}`));
  if (typeof value !== 'object' || value === null) return;
  visit(value as Json, at);
  for (const [key, each] of Object.entries(value)) walk(each, visit, `${at}/${key.replaceAll('/', '~1')}`);
}

const lookUp = (reference: string): unknown =>
  reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((value, key) => (value as Json | undefined)?.[key.replaceAll('~1', '/')], document);

describe('the description of the API', () => {
  test('names every route there is, once', () => {
    const keys = Object.entries(api).flatMap(([room, endpoints]) =>
      Object.keys(endpoints).map((name) => `${room}.${name}`),
    );
    expect(operations.map(({ operation }) => operation['operationId']).sort()).toEqual(keys.sort());
  });

  test('is OpenAPI 3.1: every reference leads somewhere, and no schema keeps what belongs to zod alone', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const dangling: string[] = [];
    walk(document, (object, at) => {
      const { $ref } = object;
      if (typeof $ref === 'string' && lookUp($ref) === undefined) dangling.push(`${at}: ${$ref}`);
      if ('$schema' in object || '$id' in object || '$defs' in object || 'definitions' in object) dangling.push(at);
    });
    expect(dangling).toEqual([]);
  });

  test('has no schema that nothing refers to', () => {
    const referred = new Set<string>();
    walk(document, ({ $ref }) => typeof $ref === 'string' && referred.add($ref.split('/').pop() ?? ''));
    expect(Object.keys(document.components.schemas).filter((name) => !referred.has(name))).toEqual([]);
  });

  test('every schema has a type that JSON Schema knows', () => {
    const known = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
    for (const { operation, path } of operations) walk(schemasIn(operation), expectSchema, path);
    walk(document.components.schemas, expectSchema);

    function expectSchema(object: Json, at: string): void {
      const { type } = object;
      // A field of ours may be called "type" as well; then it is a schema itself.
      if (type !== undefined && typeof type !== 'object')
        expect([at, known.includes(type as string)]).toEqual([at, true]);
    }
  });

  test('every operation has what a reader needs: words, room, right, parameters of its path, replies', () => {
    const rooms = document.tags.map(({ name }) => name);
    for (const { path, operation } of operations) {
      expect(operation['summary']).toMatch(/[\u4e00-\u9fff]/);
      expect(rooms).toEqual(expect.arrayContaining(operation['tags'] as string[]));
      expect(operation['x-permission']).toBeTruthy();
      expect(operation['security']).toEqual(operation['x-permission'] === 'anyone' ? [] : [{ session: [] }]);
      const parameters = (operation['parameters'] ?? []) as Json[];
      const inPath = parameters.filter((each) => each['in'] === 'path').map(({ name }) => `{${String(name)}}`);
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
      for (const parameter of parameters) expect(parameter['schema']).not.toEqual({});
      const { '200': done, default: problem } = operation['responses'] as Record<string, Json>;
      expect(Object.keys(done?.['content'] as Json)).not.toEqual([]);
      expect(problem).toEqual({ $ref: '#/components/responses/Problem' });
    }
    for (const { description } of document.tags) expect(description).toMatch(/[\u4e00-\u9fff]/);
  });

  test('what may be left out of a request is not required, and what a reply always has is', () => {
    const { operation } = operationOf('orders.place');
    const body = lookUp(referenceIn(operation['requestBody'])) as { required?: string[]; properties: Json };
    expect(body.required).toEqual(['categoryId']);
    expect(body.properties).toHaveProperty('photoIds');
    const reply = lookUp(referenceIn(operation['responses'])) as { required: string[] };
    expect(reply.required).toEqual(expect.arrayContaining(['id', 'state', 'allows', 'voice']));
  });

  test('defaults and limits of a query are said as a browser would send them', () => {
    const parameters = operationOf('messages.list').operation['parameters'] as Json[];
    expect(parameters.find(({ name }) => name === 'limit')).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    });
  });

  test('uploads are raw bytes or a form, photos come back as pictures', () => {
    const contentOf = (id: string) => (operationOf(id).operation['requestBody'] as { content: Json }).content;
    expect(contentOf('photos.put')).toEqual({ 'image/*': { schema: { type: 'string', format: 'binary' } } });
    expect(Object.keys(contentOf('photos.post'))).toEqual(['multipart/form-data']);
    const replies = operationOf('photos.read').operation['responses'] as { '200': { content: Json } };
    expect(Object.keys(replies[200].content)).toEqual(['image/jpeg']);
  });
});

const schemasIn = ({ parameters, requestBody, responses }: Json): unknown[] => [parameters, requestBody, responses];

function referenceIn(part: unknown): string {
  const references: string[] = [];
  walk(part, ({ $ref }) => typeof $ref === 'string' && references.push($ref));
  return references[0] ?? '';
}

describe('over HTTP', () => {
  test('the description and the page to browse it are there for anybody', async () => {
    const nobody = clientOf(server.url);
    const described = (await (await nobody.raw('GET', '/api/openapi.json')).json()) as OpenApi;
    expect(described).toEqual(JSON.parse(JSON.stringify(document)));

    const page = await nobody.raw('GET', '/api/docs');
    const html = await page.text();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(html).not.toMatch(/<script>|<script [^>]*>[^<]/);
    for (const [, address = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const file = await nobody.raw('GET', address);
      expect([address, file.status]).toEqual([address, 200]);
      expect(Number(file.headers.get('content-length'))).toBe((await file.arrayBuffer()).byteLength);
    }
  });

  test('who has them already is told so', async () => {
    // By hand: `fetch` asks for a fresh copy as soon as it is given an etag.
    const get = (path: string, etag = '') =>
      say(server.url, `GET ${path} HTTP/1.1\r\nHost: x\r\nIf-None-Match: ${etag}\r\n\r\n`);
    for (const path of ['/api/openapi.json', '/api/docs', '/api/docs/swagger-ui.css']) {
      const { status, headers } = await get(path);
      expect([path, status, headers['cache-control']]).toEqual([path, 200, 'no-cache']);
      const again = await get(path, headers['etag']);
      expect([path, again.status, again.body]).toEqual([path, 304, '']);
    }
  });

  test('in production the demo sign-in is not even described', () => {
    const keys = routesOf('production').map(({ key }) => key);
    expect(keys).not.toContain('people.demoPeople');
    expect(keys).not.toContain('people.signInAsDemo');
    expect(keys).toContain('people.signInWithWechat');
  });
});
