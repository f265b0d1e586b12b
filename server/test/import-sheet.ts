import { ulid } from 'ulid';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import type { EndpointOf } from '@sandan/shared/api';
import { importColumns, type ImportColumn } from '@sandan/shared/commitments/import.words';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { Client, Reply } from './client';
import type { Town } from './town';
import type { PersonName } from './town-cast';

export type SheetCells = Partial<Record<ImportColumn, string | number | Date>>;
export type Imported = ReplyOf<EndpointOf<'imports.read'>>;

const columns = Object.keys(importColumns) as ImportColumn[];

/** A sheet as a village office would fill it in: the template's heads, then these rows. */
export function sheetOf(rows: readonly SheetCells[]): Promise<Buffer> {
  const data: SheetData = [
    columns.map((column) => importColumns[column]),
    ...rows.map((row) =>
      columns.map((column) => {
        const value = row[column];
        return value instanceof Date ? { value, format: 'yyyy/m/d' } : value;
      }),
    ),
  ];
  return writeWorkbook(data).toBuffer();
}

/** A deed of a member's that has nothing wrong with it. */
export const goodRow = (more: SheetCells = {}): SheetCells => ({
  ...{ kind: '微小实事', organization: '碧塘村党支部', name: '张建平', title: '装路灯', field: '照明用电' },
  ...{ words: '年底前在一组巷口装 4 盏太阳能路灯', quantity: '4', unit: '盏', forGrid: '碧塘村一组' },
  ...{ deadline: '2026-12-31', ...more },
});

/** Uploads a file as `wx.uploadFile` does. */
export async function upload(
  client: Client,
  roundId: string,
  file: Buffer,
  importId = ulid(),
): Promise<Reply<Imported>> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(file)]), '承诺.xlsx');
  const path = `/api/commitment-rounds/${roundId}/imports/${importId}`;
  const response = await client.raw('POST', path, { body: form });
  const { status, headers } = response;
  const content = (await response.json()) as never;
  return response.ok ? { status, headers, data: content } : { status, headers, problem: content };
}

/** The same where success is expected. */
export async function check(client: Client, roundId: string, file: Buffer): Promise<Imported> {
  const { data, problem } = await upload(client, roundId, file);
  if (!data) throw new Error(`the sheet was refused: ${JSON.stringify(problem)}`);
  return data;
}

export type Imports = ReturnType<typeof importsInto>;

/** What a secretary, or whoever else, does with sheets in one year. */
export function importsInto(town: Town, roundId: string) {
  const checked = async (rows: readonly SheetCells[], by: PersonName = 'secretary') =>
    check(town.as(by), roundId, await sheetOf(rows));
  const rowsOf = async (importId: string, by: PersonName = 'secretary') =>
    (await town.as(by).ok('imports.rows', { params: { importId }, query: { limit: 100 } })).items;
  return {
    ...{ checked, rowsOf },
    apply: (importId: string, by: PersonName = 'secretary', more: { lateReason?: string } = {}) =>
      town.as(by).call('imports.apply', { params: { importId }, body: { actionId: ulid(), ...more } }),
    faultsOf: async (row: SheetCells, by: PersonName = 'secretary') => {
      const { id } = await checked([row], by);
      return (await rowsOf(id, by))[0]?.faults;
    },
    deedsOf: async (by: PersonName) =>
      (await town.as(by).ok('commitments.list', { query: { scope: 'mine', limit: 100 } })).items,
  };
}
