import { join } from 'node:path';
import { sheetType } from '@sandan/shared/endpoint';
import { importLimits } from '@sandan/shared/commitments/import.words';
import { importsApi } from '@sandan/shared/commitments/imports.contract';
import type { Caller } from '../../foundation/access/caller';
import { implement, outsideFirst, type FileAnswer, type Route } from '../../foundation/http/implement';
import { takeSheet, type TakenSheet } from '../../foundation/photos/take-upload';
import { applyImport, submitImport } from './imports.apply';
import { importOf, listRows, presentImport } from './imports.queries';
import { checkUpload, importableRound } from './imports.service';
import { organizationNames } from './import-lookups';
import { readableRows } from './import-sheet';
import { templateOf } from './import-template';
import type { Round } from './round.entity';

/** Villages of the town, then their groups, as 服务对象 may be written. */
function gridNames({ reference: { tree } }: Caller, { townId }: Pick<Round, 'townId'>): string[] {
  const villages = tree.children(townId);
  const groups = villages.flatMap((village) => tree.children(village.id).map(({ name }) => `${village.name}${name}`));
  return [...villages.map(({ name }) => name), ...groups];
}

export const importsRoutes: Route[] = implement('imports', importsApi, {
  template: async ({ db, caller, params }): Promise<FileAnswer> => {
    const round = await importableRound(db, caller, params.roundId);
    const organizations = await organizationNames(db, caller, round);
    const stream = await templateOf({ endsOn: round.endsOn, organizations, grids: gridNames(caller, round) });
    const name = encodeURIComponent(`承诺导入模板${round.year}.xlsx`);
    const headers = {
      'Content-Disposition': `attachment; filename="template.xlsx"; filename*=UTF-8''${name}`,
      'Cache-Control': 'no-store',
    };
    return { type: sheetType, stream, bytes: stream.length, headers };
  },
  check: outsideFirst<typeof importsApi.check, TakenSheet>({
    before: async ({ reading, caller, params, request, world }) => {
      await importableRound(reading, caller, params.roundId);
      const folder = join(world.config.dataDir, 'uploads');
      return takeSheet(request, { decoder: world.decoder, folder, maxBytes: importLimits.bytes }, readableRows);
    },
    write: async ({ db, caller, params, prepared }) => {
      await checkUpload(db, caller, { ...params, sheet: prepared });
      return presentImport(await importOf(db, caller, params.importId));
    },
  }),
  read: async ({ db, caller, params }) => presentImport(await importOf(db, caller, params.importId)),
  rows: async ({ db, caller, params, query }) => {
    const { id } = await importOf(db, caller, params.importId);
    return listRows(db, id, query);
  },
  apply: outsideFirst({
    before: ({ reading, caller, params, body, world }) =>
      importOf(reading, caller, params.importId).then(({ id }) =>
        applyImport({ caller, world, importId: id, lateReason: body().lateReason }),
      ),
    write: async ({ db, caller, params }) => presentImport(await importOf(db, caller, params.importId)),
  }),
  submit: outsideFirst({
    before: async ({ reading, caller, params, body, world }) => {
      const { id: importId } = await importOf(reading, caller, params.importId);
      const { done, refused, left } = await submitImport({ caller, world, importId }, body().actionId);
      return { done: done.length, refused, left };
    },
    write: async ({ prepared }) => prepared,
  }),
});
