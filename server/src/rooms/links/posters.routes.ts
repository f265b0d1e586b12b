import type { ReplyOf } from '@sandan/shared/endpoint';
import { plainFoot } from '@sandan/shared/links/poster.words';
import { postersApi } from '@sandan/shared/links/posters.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { gridWithin } from '../../foundation/access/reach';
import { callerById } from '../../foundation/access/sessions';
import { noteListExport } from '../../foundation/audit/list-export';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import { exportedBy } from '../../foundation/documents/exported-by';
import { answerWithPosters } from '../../foundation/documents/paper-answer';
import type { Posters, Sign } from '../../foundation/documents/poster';
import { implement, outsideFirst, type FileAnswer, type Route } from '../../foundation/http/implement';
import { siteOf } from '../../foundation/http/site';
import type { World } from '../../foundation/http/world';
import { codesForPaper, drawnCode, type PaperCode } from '../../foundation/links/codes';
import { replaceLink } from '../../foundation/links/links';
import { dutyPhoneAt, type Tree } from '../../foundation/reference/tree';
import { addressOf, mustSee } from './links.service';
import { posterAddress, posterNamed, type PosterName } from './poster-name';
import { fileNameOf, plannedSigns, postersAt, type Planned } from './posters.service';

type PosterLink = ReplyOf<(typeof postersApi)['poster']>;

/** The paper's address. Its codes are drawn before: whoever prints hears which of them WeChat does not draw now. */
async function readyToPrint(reading: Reading, caller: Caller, name: PosterName, world: World): Promise<PosterLink> {
  const planned = await plannedSigns(reading, caller, name);
  const codes = await codesOf(world, planned, caller.now);
  const missing = codes.flatMap((code) => (code.missing === null ? [] : [code.missing]));
  const [why] = missing;
  return {
    ...{ address: posterAddress(name, world.signing, caller.now), fileName: fileNameOf(caller, name, planned) },
    ...{ codes: codes.length, plain: why === undefined ? null : { codes: missing.length, why } },
  };
}

const codesOf = (world: World, planned: readonly Planned[], now: Date): Promise<PaperCode[]> =>
  codesForPaper(
    world,
    planned.map(({ thing }) => thing),
    now,
  );

/** However many replace a code at once, one does so after the other: each finds the code of the one before. */
const takeTurns = (db: Db, table: 'household' | 'grid', thingId: string) =>
  db.query(`SELECT id FROM ${table} WHERE id = ? FOR UPDATE`, [thingId]);

const formats = { poster: 'poster', plates: 'sheet', plate: 'plate' } as const;
const feet = {
  poster: '三单：群众点单、网格下单、党员接单',
  plates: '请贴在自家门里边。丢了、坏了找网格员换一张，旧的当场作废。',
  plate: '请贴在自家门里边。丢了、坏了找网格员换一张，旧的当场作废。',
} as const;

interface Paper {
  readonly world: World;
  readonly tree: Tree;
  readonly site: string;
  readonly foot: string;
}

/** Where WeChat does not draw, the paper has an ordinary code of the same address, and says so: it leads to the same door. */
async function signOf(planned: Planned, { key, missing }: PaperCode, paper: Paper): Promise<Sign> {
  const drawn = missing === null;
  return {
    ...{ place: planned.place, under: planned.under, phone: dutyPhoneAt(planned.grid.id, paper.tree) },
    foot: drawn ? paper.foot : plainFoot,
    code: drawn ? { picture: await drawnCode(paper.world, key) } : { address: paper.site + addressOf(key) },
  };
}

async function noteOpened(db: Db, caller: Caller, name: PosterName, plates: number): Promise<void> {
  if (name.kind !== 'plates') return;
  await recordAct(db, caller, 'openDoorPlates', { thingId: name.gridId, facts: { part: name.part, plates } });
}

export const postersRoutes: Route[] = implement('posters', postersApi, {
  at: ({ db, caller, params }) => postersAt(db, caller, params.gridId),
  poster: ({ db, caller, params: { gridId }, query: { what }, world }) =>
    readyToPrint(db, caller, { kind: 'poster', personId: caller.personId, gridId, what }, world),
  plates: outsideFirst({
    before: async ({ reading, caller, params: { gridId }, body, world }) => {
      gridWithin(caller, 'household.manage', gridId);
      const { part } = body();
      const name = { kind: 'plates', personId: caller.personId, gridId, part } as const;
      return { part, link: await readyToPrint(reading, caller, name, world) };
    },
    write: async ({ db, caller, params: { gridId }, prepared: { part, link } }) => {
      const plates = link.codes;
      // Doors only, nobody by name: there is no person in it who would find himself among those looked at.
      const done = { thingId: gridId, facts: { part, plates } };
      await noteListExport(db, caller, 'exportDoorPlates', done, { rows: plates, personIds: [] });
      return link;
    },
  }),
  plate: outsideFirst({
    before: ({ reading, caller, params: { householdId }, world }) =>
      readyToPrint(reading, caller, { kind: 'plate', personId: caller.personId, householdId }, world),
    write: async ({ db, caller, params: { householdId }, prepared: link }) => {
      await recordAct(db, caller, 'printDoorPlate', { thingId: householdId });
      return link;
    },
  }),
  replace: async ({ db, caller, params: { householdId: thingId }, body, now }) => {
    const home = { what: 'home', thingId } as const;
    await mustSee(db, caller, home);
    await takeTurns(db, 'household', thingId);
    if (await replaceLink(db, home, body().actionId, now)) await recordAct(db, caller, 'replaceDoorCode', { thingId });
    return { replaced: true as const };
  },
  replacePlace: async ({ db, caller, params: { gridId: thingId }, body, now }) => {
    gridWithin(caller, 'poster.print', thingId);
    const { what, actionId } = body();
    await mustSee(db, caller, { what, thingId });
    await takeTurns(db, 'grid', thingId);
    if (await replaceLink(db, { what, thingId }, actionId, now))
      await recordAct(db, caller, 'replacePlaceCode', { thingId, facts: { hung: what } });
    return { replaced: true as const };
  },
  // Rows first, then WeChat and the child: while they work, no connection to the database is held.
  open: async ({ db, params, query, world, request, now }): Promise<FileAnswer> => {
    const name = posterNamed(params.paper, query, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    const planned = await plannedSigns(db, caller, name);
    await world.database.transaction((own) => noteOpened(own, caller, name, planned.length));
    const codes = await codesOf(world, planned, now);
    const paper = { world, tree: caller.reference.tree, site: siteOf(request, world.config), foot: feet[name.kind] };
    const signs = await Promise.all(
      planned.flatMap((each, index) => {
        const code = codes[index];
        return code ? [signOf(each, code, paper)] : [];
      }),
    );
    const fileName = fileNameOf(caller, name, planned);
    const margin = name.kind === 'plates' ? exportedBy(caller) : null;
    const posters: Posters = { title: fileName.replace('.pdf', ''), format: formats[name.kind], signs, margin };
    return answerWithPosters(world.documents, { posters, fileName });
  },
});
