import { chinaDate } from '@sandan/shared/china-time';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import type { Listed } from '../../foundation/audit/list-export';
import type { Reading } from '../../foundation/database/connect';
import { fileNameWords } from '../../foundation/documents/file-name';
import type { Paper } from '../../foundation/documents/paper';
import type { OrganizationNode } from '../../foundation/reference/tree';
import { boardPaper, debtorsPaper, figuresPaper } from './export-papers';
import { listsMembers, noticePaper, noticeTitle } from './notice-paper';
import { formatOf, type ExportName, type PaperName } from './paper-name';
import { promisersOf, publicCounts, publicDeeds } from './paper-rows.queries';
import { debtorsOf } from './debtors.queries';
import type { Round } from './round.entity';
import { watchedOrganizations } from './rounds.policy';
import { showcasePaper, showcaseTitle } from './showcase-paper';
import { visibleRound } from './visible-round';
import { visibleShowcase } from './visible-showcase';

/** Every debtor of a county, on one sheet. */
const mostDebtors = 20_000;

export interface NoticeEntry {
  organizationId: string;
  name: string;
  deeds: number;
  near: boolean;
}

/** Organisations of the year that have something public, one's own first, then from above to below. */
export async function noticesOf(db: Reading, caller: Caller, round: Round): Promise<NoticeEntry[]> {
  const { tree } = caller.reference;
  const deeds = new Map<string, number>();
  for (const { organizationId, personal, deeds: more } of await publicCounts(db, caller, round.id)) {
    for (const id of tree.organizationLine(organizationId)) {
      const organization = tree.organization(id);
      if (!organization || !isOfRound(organization, caller, round) || (personal && !listsMembers(organization)))
        continue;
      deeds.set(id, (deeds.get(id) ?? 0) + more);
    }
  }
  const depth = (id: string): number => tree.organizationLine(id).length;
  const entries = [...deeds].flatMap(([id, count]) => {
    const organization = tree.organization(id);
    if (!organization) return [];
    return [{ organizationId: id, name: organization.name, deeds: count, near: isNear(organization, caller) }];
  });
  const fromAbove = entries.sort((one, other) => depth(one.organizationId) - depth(other.organizationId));
  return [...fromAbove.filter(({ near }) => near).reverse(), ...fromAbove.filter(({ near }) => !near)];
}

const isOfRound = ({ id }: OrganizationNode, { reference }: Caller, round: Round): boolean =>
  reference.tree.organizationLine(id).includes(round.organizationId);

/** Where one is a secretary, or tied to the village one lives in or serves. */
function isNear({ id, gridIds }: OrganizationNode, { grants, homeGridId, reference: { tree } }: Caller): boolean {
  if (grants.some((grant) => grant.tree === 'party' && grant.nodeId === id)) return true;
  const home = homeGridId === null ? undefined : tree.grid(homeGridId);
  const around = [...(home ? [home] : []), ...grants.flatMap(({ grids }) => grids)];
  return around.some(({ village }) => village !== null && gridIds.includes(village));
}

/** The organisation whose notice is asked for. Throws `paper.no-such-organization`, `paper.nothing-public`. */
export async function noticeOrganization(db: Reading, caller: Caller, round: Round, organizationId: string) {
  const organization = caller.reference.tree.organization(organizationId);
  if (!organization || !isOfRound(organization, caller, round)) throw new Problem('paper.no-such-organization');
  const entries = await noticesOf(db, caller, round);
  if (!entries.some((entry) => entry.organizationId === organizationId)) throw new Problem('paper.nothing-public');
  return organization;
}

/** What the file is called when it is kept. */
export async function fileNameOf(db: Reading, caller: Caller, name: PaperName): Promise<string> {
  return `${fileNameWords(await titleOf(db, caller, name))}.${formatOf(name)}`;
}

async function titleOf(db: Reading, caller: Caller, name: PaperName): Promise<string> {
  const today = chinaDate(caller.now.getTime());
  if (name.kind === 'board') return `承诺清单-${today}`;
  if (name.kind === 'showcase') return showcaseTitle(await visibleShowcase(db, caller, name.showcaseId));
  const { year } = await visibleRound(db, caller, name.roundId);
  const organization =
    name.organizationId === null ? undefined : caller.reference.tree.organization(name.organizationId);
  if (name.kind === 'notice') return noticeTitle(organization ?? { name: '' }, year);
  const whose = organization ? `${organization.name} ` : '';
  return name.kind === 'figures' ? `${whose}${year} 年承诺数字-${today}` : `${whose}${year} 年谁还没承诺-${today}`;
}

async function debtorLines(
  db: Reading,
  caller: Caller,
  round: Round,
  { organizationId, short }: Extract<PaperName, { kind: 'debtors' }>,
) {
  const query = { organizationId: organizationId ?? undefined, short, limit: mostDebtors };
  return (await debtorsOf(db, caller, round, watchedOrganizations(caller), query)).items;
}

/** How long an export is, and whom it lists beyond what is public: members who owe, and how they stand. */
export async function listedIn(db: Reading, caller: Caller, name: ExportName): Promise<Listed> {
  if (name.kind === 'board') {
    const deeds = await publicDeeds(db, caller, name.filters);
    return { rows: deeds.length, personIds: [] };
  }
  const round = await visibleRound(db, caller, name.roundId);
  const lines =
    name.kind === 'figures'
      ? await promisersOf(db, figuresReach(caller, round, name))
      : await debtorLines(db, caller, round, name);
  return { rows: lines.length, personIds: lines.flatMap(({ kind, id }) => (kind === 'person' ? [id] : [])) };
}

const figuresReach = (
  caller: Caller,
  round: Round,
  { organizationId }: Extract<PaperName, { kind: 'figures' }>,
): Parameters<typeof promisersOf>[1] => ({
  ...{ roundId: round.id, watched: watchedOrganizations(caller), organizationId },
  today: chinaDate(caller.now.getTime()),
});

/** Reads what the paper says, by the reach of whom it was signed for. Throws `paper.too-long`, `paper.not-signed`, `round.not-found`. */
export async function writePaper(db: Reading, caller: Caller, name: PaperName): Promise<Paper> {
  if (name.kind === 'board') return boardPaper(await publicDeeds(db, caller, name.filters), caller);
  if (name.kind === 'showcase') return showcasePaper(await visibleShowcase(db, caller, name.showcaseId), caller);
  const round = await visibleRound(db, caller, name.roundId);
  const title = await titleOf(db, caller, name);
  switch (name.kind) {
    case 'notice': {
      const organization = await noticeOrganization(db, caller, round, name.organizationId);
      const deeds = await publicDeeds(db, caller, { roundId: round.id, organizationId: organization.id });
      return noticePaper({ organization, year: round.year, deeds }, caller);
    }
    case 'figures':
      return figuresPaper(title, await promisersOf(db, figuresReach(caller, round, name)), caller);
    case 'debtors':
      return debtorsPaper(title, await debtorLines(db, caller, round, name), caller);
  }
}
