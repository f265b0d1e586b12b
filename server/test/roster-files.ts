import { ulid } from 'ulid';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import type { EndpointOf } from '@sandan/shared/api';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { RosterKind } from '@sandan/shared/people/roster.words';
import type { Client, Reply } from './client';
import type { TestServer } from './server';
import type { Town } from './town';
import type { PersonName } from './town-cast';

export type Imported = ReplyOf<EndpointOf<'rosters.read'>>;
export type Cell = string | number | Date | null;
export type Cells = Readonly<Record<string, Cell>>;

/** A sheet as an office has it: these heads, in the order of the first row that has them. */
export function sheetOf(rows: readonly Cells[], above: SheetData = []): Promise<Buffer> {
  const heads = headsOf(rows);
  const cell = (value: Cell | undefined) => (value instanceof Date ? { value, format: 'yyyy/m/d' } : (value ?? null));
  return writeWorkbook([
    { sheet: '名册', data: [...above, heads, ...rows.map((row) => heads.map((head) => cell(row[head])))] },
  ]).toBuffer();
}

const headsOf = (rows: readonly Cells[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

export function csvOf(rows: readonly Cells[], separator = ','): string {
  const heads = headsOf(rows);
  const quoted = (text: string): string => (/[",\n\t;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = [heads, ...rows.map((row) => heads.map((head) => String(row[head] ?? '')))];
  return lines.map((line) => line.map(quoted).join(separator)).join('\r\n');
}

export interface Uploading {
  readonly kind?: RosterKind;
  readonly gridId: string;
  readonly importId?: string;
  readonly datum?: string;
  readonly fileName?: string;
}

export async function upload(client: Client, file: Buffer, how: Uploading): Promise<Reply<Imported>> {
  const { kind = 'households', gridId, importId = ulid(), datum, fileName = '名册.xlsx' } = how;
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file)]), fileName);
  const query = new URLSearchParams({ gridId, ...(datum ? { datum } : {}) });
  const path = `/api/rosters/${kind}/imports/${importId}?${query.toString()}`;
  const response = await client.raw('POST', path, { body: form });
  const { status, headers } = response;
  const content = (await response.json()) as never;
  return response.ok ? { status, headers, data: content } : { status, headers, problem: content };
}

export type RosterTrial = ReturnType<typeof rostersIn>;

/** What an administrator does with lists in one town. */
export function rostersIn(server: TestServer, town: Town, kind: RosterKind, by: PersonName = 'admin') {
  const client = town.as(by);
  const settled = async (importId: string): Promise<Imported> => {
    await server.world.background.settled();
    return client.ok('rosters.read', { params: { importId } });
  };
  const checkedFile = async (file: Buffer | string, more: Partial<Uploading> = {}): Promise<Imported> => {
    const { data, problem } = await upload(client, Buffer.from(file as Buffer), {
      kind,
      gridId: town.countyId,
      ...more,
    });
    if (!data) throw new Error(`the upload was refused: ${JSON.stringify(problem)}`);
    return settled(data.id);
  };
  const press = (key: 'apply' | 'recheck' | 'cancel', importId: string) =>
    client.call(`rosters.${key}`, { params: { importId }, body: { actionId: ulid() } });
  const unitsOf = async (importId: string, standing: keyof NonNullable<Imported['counts']> & Standing) =>
    (await client.ok('rosters.units', { params: { importId }, query: { standing, limit: 100 } })).items;
  return {
    ...{ client, settled, checkedFile, press, unitsOf },
    checked: async (rows: readonly Cells[], more: Partial<Uploading> = {}) => checkedFile(await sheetOf(rows), more),
    applied: async (importId: string): Promise<Imported> => {
      const { problem } = await press('apply', importId);
      if (problem) throw new Error(`it was not applied: ${problem.code}, ${JSON.stringify(await settled(importId))}`);
      return settled(importId);
    },
    faultsOf: async (importId: string) =>
      (await unitsOf(importId, 'faulty')).flatMap(({ faults }) =>
        faults.map(({ number, head, words }) => `${number} ${head ?? ''}：${words}`),
      ),
  };
}

type Standing = 'faulty' | 'added' | 'changed' | 'ended' | 'unchanged' | 'missing';

/** Counts that are not nothing. */
export const countsOf = ({ counts }: Imported): Record<string, number> =>
  Object.fromEntries(Object.entries(counts ?? {}).filter(([, count]) => count > 0));
