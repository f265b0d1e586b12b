import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sheetType } from '@sandan/shared/endpoint';
import { rosterKinds, rosterLimits } from '@sandan/shared/people/roster.words';
import { rostersApi } from '@sandan/shared/people/rosters.contract';
import { Problem } from '@sandan/shared/problems';
import { gridsWith } from '../../foundation/access/reach';
import { exportLimits, noteListExport } from '../../foundation/audit/list-export';
import { callerById } from '../../foundation/access/sessions';
import { checkNames, proofQuery, signNames } from '../../foundation/access/signature';
import type { Caller } from '../../foundation/access/caller';
import { implement, outsideFirst, type FileAnswer, type Route } from '../../foundation/http/implement';
import type { Db, Reading } from '../../foundation/database/connect';
import type { World } from '../../foundation/http/world';
import { receiveUpload, type ReceivedUpload } from '../../foundation/photos/receive';
import { errorsWorkbook } from '../../foundation/rosters/errors-workbook';
import {
  applyImport,
  beginImport,
  beginStep,
  cancelImport,
  checkAgain,
  checkFile,
  countThere,
  importOf,
  jobOf,
  listUnits,
  mayUpload,
  presentImport,
  recentImports,
  rosterOf,
  type Rosters,
} from '../../foundation/rosters/imports';
import { forgetStaged } from '../../foundation/rosters/check-units';
import type { AnyRoster } from '../../foundation/rosters/roster';
import type { RosterCounts, RosterImport } from '../../foundation/rosters/roster.entity';
import { templateOf } from '../../foundation/rosters/template';
import { peopleWithErrors } from './roster-people.queries';

type Api = typeof rostersApi;

/** What is begun once its transaction has come through. */
interface Uploaded {
  readonly file: ReceivedUpload;
  begun: { readonly caller: Caller; readonly row: Pick<RosterImport, 'id' | 'kind' | 'gridId' | 'options'> } | null;
}
interface Pressed {
  begun: {
    readonly caller: Caller;
    readonly row: Pick<RosterImport, 'id' | 'kind' | 'gridId' | 'options' | 'rowCount'>;
    readonly counts: RosterCounts | null;
  } | null;
}

/** The two presses are alike: what they are given and what they answer. */
interface Pressing {
  before: () => Promise<Pressed>;
  write: (call: {
    db: Db;
    caller: Caller;
    params: { importId: string };
    prepared: Pressed;
  }) => Promise<ReturnType<typeof presentImport>>;
  after: (prepared: Pressed, failed: boolean, world: World) => Promise<void>;
}

const fileName = (name: string, ending = 'xlsx'): Record<string, string> => ({
  'Content-Disposition': `attachment; filename="roster.${ending}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
});

const errorNames = (importId: string, personId: string): string[] => ['roster-errors', importId, personId];

/** Villages and what is above them, where the caller may import; a group has no list of its own. */
function placesOf(caller: Caller) {
  const { tree } = caller.reference;
  const tops = gridsWith(caller, 'roster.import');
  return tree.grids
    .filter(({ id, tier }) => tier !== 'group' && tops.some((top) => tree.isWithin(id, top.id)))
    .map(({ id, name, parentId }) => ({
      ...{ gridId: id, name, within: parentId === null ? null : (tree.grid(parentId)?.name ?? null) },
    }));
}

const offeredKind = async (db: Reading, roster: AnyRoster, caller: Caller) => ({
  ...{ kind: roster.kind, name: rosterKinds[roster.kind], columns: roster.columns.map(({ head }) => head) },
  there: await countThere(db, roster, caller),
});

/** 名册导入. `rosters`: what each room has to bring in (rooms.ts). */
export function rostersRoutes(rosters: Rosters): Route[] {
  const pressing = (
    to: 'applying' | 'checking',
    work: (world: World, begun: NonNullable<Pressed['begun']>, signal: AbortSignal) => Promise<void>,
  ): Pressing => ({
    before: async () => ({ begun: null }),
    write: async ({ db, caller, params, prepared }) => {
      const before = await importOf(db, caller, params.importId);
      // Pressed twice, or sent again after a lost answer.
      if (before.state === to || (to === 'applying' && before.state === 'applied'))
        return presentImport(before, caller);
      const row = await beginStep(db, caller, params.importId, to);
      prepared.begun = { caller, row, counts: row.counts };
      return presentImport(row, caller);
    },
    after: async ({ begun }, failed, world) => {
      if (begun && !failed) world.background.run(`roster ${to}`, (signal) => work(world, begun, signal));
    },
  });

  return implement('rosters', rostersApi, {
    kinds: async ({ db, caller }) => ({
      kinds: await Promise.all([...rosters.values()].map((roster) => offeredKind(db, roster, caller))),
      places: placesOf(caller),
    }),
    template: async ({ params: { kind } }): Promise<FileAnswer> => {
      const { type, ending, content } = await templateOf(rosterOf(rosters, kind));
      const name = `${rosterKinds[kind]}导入模板.${ending}`;
      return { type, stream: content, bytes: content.length, headers: fileName(name, ending) };
    },
    upload: outsideFirst<Api['upload'], Uploaded>({
      before: async ({ caller, params, query, request, world }) => {
        mayUpload(caller, { kind: params.kind, gridId: query.gridId, options: { datum: query.datum } });
        const folder = join(world.config.dataDir, 'uploads');
        return {
          file: await receiveUpload(request, { types: 'roster', maxBytes: rosterLimits.bytes, folder }),
          begun: null,
        };
      },
      write: async ({ db, caller, params, query, prepared }) => {
        const options = query.datum ? { datum: query.datum } : {};
        const given = { ...params, gridId: query.gridId, options, contentHash: prepared.file.sha256 };
        const isNew = await beginImport(db, caller, given);
        prepared.begun = isNew ? { caller, row: { ...given, id: params.importId } } : null;
        return presentImport(await importOf(db, caller, params.importId), caller);
      },
      after: async ({ file: { path }, begun }, failed, world) => {
        if (!begun || failed) return rm(path, { force: true });
        const work = (signal: AbortSignal) => checkFile(jobOf(world, rosters, begun.caller, begun.row, signal), path);
        world.background.run('roster check', work);
      },
    }),
    list: async ({ db, caller }) => ({
      items: (await recentImports(db, caller)).map((row) => presentImport(row, caller)),
    }),
    read: async ({ db, caller, params }) => presentImport(await importOf(db, caller, params.importId), caller),
    units: async ({ db, caller, params, query, world }) => {
      const row = await importOf(db, caller, params.importId);
      if (row.state !== 'ready') return { items: [], nextCursor: null };
      return listUnits(db, jobOf(world, rosters, caller, row, new AbortController().signal), query);
    },
    apply: outsideFirst<Api['apply'], Pressed>(
      pressing('applying', async (world, { caller, row, counts }, signal) => {
        if (counts) await applyImport(jobOf(world, rosters, caller, row, signal), counts);
      }),
    ),
    recheck: outsideFirst<Api['recheck'], Pressed>(
      pressing('checking', (world, { caller, row }, signal) =>
        checkAgain(jobOf(world, rosters, caller, row, signal), row.rowCount),
      ),
    ),
    cancel: outsideFirst<Api['cancel'], { importId: string | null }>({
      before: async () => ({ importId: null }),
      write: async ({ db, caller, params, prepared }) => {
        await cancelImport(db, caller, params.importId);
        prepared.importId = params.importId;
        return presentImport(await importOf(db, caller, params.importId), caller);
      },
      after: async ({ importId }, failed, { background, database }) => {
        if (importId && !failed) background.run('roster forget', () => forgetStaged({ database, importId }));
      },
    }),
    errors: async ({ db, caller, params: { importId }, world }) => {
      const row = await importOf(db, caller, importId);
      if (row.state !== 'ready' || !row.counts?.faulty) throw new Problem('roster.wrong-state');
      const facts = { roster: row.kind, faulty: row.counts.faulty };
      // As many rows as one list may have, and a line that says so: the rest comes when these are corrected.
      const { rows } = exportLimits(caller);
      const personIds = await peopleWithErrors(db, importId, rows);
      const listed = { rows: Math.min(row.counts.faulty, rows), personIds };
      await noteListExport(db, caller, 'exportRosterErrors', { thingId: importId, facts }, listed);
      const proof = proofQuery(signNames(errorNames(importId, caller.personId), world.signing, caller.now));
      const query = new URLSearchParams(proof).toString();
      const address = `/api/roster-errors/${importId}/${caller.personId}?${query}`;
      return { address, fileName: `${rosterKinds[row.kind]}有错的行.xlsx` };
    },
    openErrors: async ({ db, params: { importId, personId }, query, world, now }): Promise<FileAnswer> => {
      const isSigned = checkNames(errorNames(importId, personId), query, world.signing, now);
      const caller = isSigned && (await callerById(db, world.references, personId, now));
      if (!caller) throw new Problem('paper.link-expired');
      const row = await importOf(db, caller, importId);
      const stream = await errorsWorkbook(db, importId, rosterOf(rosters, row.kind), caller);
      const name = `${rosterKinds[row.kind]}有错的行.xlsx`;
      return { type: sheetType, stream, bytes: stream.length, headers: fileName(name) };
    },
  });
}
