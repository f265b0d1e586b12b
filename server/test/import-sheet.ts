import { ulid } from 'ulid';
import writeWorkbook, { type SheetData } from 'write-excel-file/node';
import type { EndpointOf } from '@sandan/shared/api';
import { importColumns, type ImportColumn } from '@sandan/shared/commitments/import.words';
import type { ReplyOf } from '@sandan/shared/endpoint';
import type { Client, Reply } from './client';

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
