import { papersApi } from '@sandan/shared/commitments/papers.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { callerById } from '../../foundation/access/sessions';
import { noteListExport } from '../../foundation/audit/list-export';
import { recordAct } from '../../foundation/audit/record-act';
import type { Db, Reading } from '../../foundation/database/connect';
import type { ScanCode } from '../../foundation/documents/paper';
import { answerWith } from '../../foundation/documents/paper-answer';
import { implement, type FileAnswer, type Route } from '../../foundation/http/implement';
import type { World } from '../../foundation/http/world';
import { codeForPaper } from '../../foundation/links/codes';
import { formatOf, isExport, paperAddress, paperNamed, type ExportName, type PaperName } from './paper-name';
import { fileNameOf, noticeOrganization, listedIn, noticesOf, writePaper } from './papers.service';
import { mustBeSigned } from './showcase-paper';
import { visibleRound } from './visible-round';
import { visibleShowcase } from './visible-showcase';

const linkTo = async (db: Reading, caller: Caller, name: PaperName, world: World) => ({
  address: paperAddress(name, world.signing, caller.now),
  fileName: await fileNameOf(db, caller, name),
});

/** 公示表 to be hung up: whoever stands before it scans the way to the organisation's wall. */
async function codeOn(name: PaperName, world: World, now: Date): Promise<ScanCode | null> {
  if (name.kind !== 'notice' || name.format !== 'pdf') return null;
  const picture = await codeForPaper(world, { what: 'organization', thingId: name.organizationId }, now);
  return picture && { picture, words: '扫码看进度、评诺、提意见' };
}

/** Every export is written down, each time it is asked for: who took what out of the system. */
async function exported(db: Db, caller: Caller, name: ExportName, world: World) {
  const link = await linkTo(db, caller, name, world);
  await noteListExport(db, caller, 'exportPaper', factsOf(name), await listedIn(db, caller, name));
  return link;
}

/** What was typed into a filter is no fact. */
const factsOf = (name: ExportName) => ({
  thingId: name.kind === 'board' ? (name.filters.roundId ?? null) : name.roundId,
  facts: {
    paper: name.kind,
    organizationId: (name.kind === 'board' ? name.filters.organizationId : name.organizationId) ?? null,
    filters: name.kind === 'board' ? Object.values(name.filters).filter((value) => value !== undefined).length : 0,
  },
});

export const papersRoutes: Route[] = implement('papers', papersApi, {
  notices: async ({ db, caller, params }) => ({
    items: await noticesOf(db, caller, await visibleRound(db, caller, params.roundId)),
  }),
  notice: async ({ db, caller, params: { roundId, organizationId }, query: { format }, world }) => {
    await noticeOrganization(db, caller, await visibleRound(db, caller, roundId), organizationId);
    const { personId } = caller;
    return linkTo(db, caller, { kind: 'notice', personId, roundId, organizationId, format }, world);
  },
  showcase: async ({ db, caller, params: { showcaseId }, query: { format }, world }) => {
    mustBeSigned(await visibleShowcase(db, caller, showcaseId));
    return linkTo(db, caller, { kind: 'showcase', personId: caller.personId, showcaseId, format }, world);
  },
  board: async ({ db, caller, query, world }) => {
    if (query.roundId) await visibleRound(db, caller, query.roundId);
    return exported(db, caller, { kind: 'board', personId: caller.personId, filters: query }, world);
  },
  figures: async ({ db, caller, query: { roundId, organizationId = null }, world }) =>
    exported(db, caller, { kind: 'figures', personId: caller.personId, roundId, organizationId }, world),
  debtors: async ({ db, caller, query: { roundId, organizationId = null, short = false }, world }) =>
    exported(db, caller, { kind: 'debtors', personId: caller.personId, roundId, organizationId, short }, world),
  // Rows first, then the child: while it works, no connection to the database is held.
  open: async ({ db, params, query, world, now }): Promise<FileAnswer> => {
    const name = paperNamed(params.paper, query, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    const [paper, fileName] = [await writePaper(db, caller, name), await fileNameOf(db, caller, name)];
    if (isExport(name)) await world.database.transaction((own) => recordAct(own, caller, 'openPaper', factsOf(name)));
    const format = formatOf(name);
    const code = await codeOn(name, world, now);
    return answerWith(world.documents, format, { paper: { ...paper, code }, fileName });
  },
});
