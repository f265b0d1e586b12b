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
import { implement, type FileAnswer, type Route } from '../../foundation/http/implement';
import { siteOf } from '../../foundation/http/site';
import type { World } from '../../foundation/http/world';
import { codesForPaper, type PaperCode } from '../../foundation/links/codes';
import { replaceLink } from '../../foundation/links/links';
import { dutyPhoneAt, type Tree } from '../../foundation/reference/tree';
import { addressOf, mustSee } from './links.service';
import { posterAddress, posterNamed, type PosterName } from './poster-name';
import { fileNameOf, plannedSigns, postersAt, type Planned } from './posters.service';

async function linkTo(db: Reading, caller: Caller, name: PosterName, { signing }: World) {
  const planned = await plannedSigns(db, caller, name);
  const link = { address: posterAddress(name, signing, caller.now), fileName: fileNameOf(caller, name, planned) };
  return { link, plates: planned.length };
}

const formats = { poster: 'poster', plates: 'sheet', plate: 'plate' } as const;
const feet = {
  poster: '三单：群众点单、网格下单、党员接单',
  plates: '请贴在自家门里边。丢了、坏了找网格员换一张，旧的当场作废。',
  plate: '请贴在自家门里边。丢了、坏了找网格员换一张，旧的当场作废。',
} as const;

/** Where WeChat does not draw, the paper has an ordinary code of the same address: it leads to the same door. */
const signOf = (planned: Planned, { key, picture }: PaperCode, foot: string, site: string, tree: Tree): Sign => ({
  ...{ place: planned.place, under: planned.under, phone: dutyPhoneAt(planned.grid.id, tree), foot },
  code: picture ? { picture } : { address: site + addressOf(key) },
});

async function noteOpened(db: Db, caller: Caller, name: PosterName, plates: number): Promise<void> {
  if (name.kind !== 'plates') return;
  await recordAct(db, caller, 'openDoorPlates', { thingId: name.gridId, facts: { part: name.part, plates } });
}

export const postersRoutes: Route[] = implement('posters', postersApi, {
  at: ({ db, caller, params }) => postersAt(db, caller, params.gridId),
  poster: async ({ db, caller, params: { gridId }, query: { what }, world }) =>
    (await linkTo(db, caller, { kind: 'poster', personId: caller.personId, gridId, what }, world)).link,
  plates: async ({ db, caller, params: { gridId }, body, world }) => {
    gridWithin(caller, 'household.manage', gridId);
    const { part } = body();
    const name = { kind: 'plates', personId: caller.personId, gridId, part } as const;
    const { link, plates } = await linkTo(db, caller, name, world);
    // Doors only, nobody by name: there is no person in it who would find himself among those looked at.
    const done = { thingId: gridId, facts: { part, plates } };
    await noteListExport(db, caller, 'exportDoorPlates', done, { rows: plates, personIds: [] });
    return link;
  },
  plate: async ({ db, caller, params: { householdId }, world }) => {
    const { link } = await linkTo(db, caller, { kind: 'plate', personId: caller.personId, householdId }, world);
    await recordAct(db, caller, 'printDoorPlate', { thingId: householdId });
    return link;
  },
  replace: async ({ db, caller, params: { householdId: thingId }, body, now }) => {
    const home = { what: 'home', thingId } as const;
    await mustSee(db, caller, home);
    if (await replaceLink(db, home, body().actionId, now)) await recordAct(db, caller, 'replaceDoorCode', { thingId });
    return { replaced: true as const };
  },
  // Rows first, then WeChat and the child: while they work, no connection to the database is held.
  open: async ({ db, params, query, world, request, now }): Promise<FileAnswer> => {
    const name = posterNamed(params.paper, query, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    const planned = await plannedSigns(db, caller, name);
    await world.database.transaction((own) => noteOpened(own, caller, name, planned.length));
    const codes = await codesForPaper(
      world,
      planned.map(({ thing }) => thing),
      now,
    );
    const site = siteOf(request, world.config);
    const signs = planned.flatMap((each, index) => {
      const code = codes[index];
      return code ? [signOf(each, code, feet[name.kind], site, caller.reference.tree)] : [];
    });
    const fileName = fileNameOf(caller, name, planned);
    const margin = name.kind === 'plates' ? exportedBy(caller) : null;
    const posters: Posters = { title: fileName.replace('.pdf', ''), format: formats[name.kind], signs, margin };
    return answerWithPosters(world.documents, { posters, fileName });
  },
});
