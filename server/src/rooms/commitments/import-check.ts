import { DraftCommitment } from '@sandan/shared/commitments/commitment.schema';
import { importColumns, type ImportColumn, type ImportStanding } from '@sandan/shared/commitments/import.words';
import { wordingHints } from '@sandan/shared/commitments/wording';
import { Problem } from '@sandan/shared/problems';
import { fieldsOf } from '../../foundation/http/door';
import type { Draft } from './draft-rows';
import { checkKeepers, contentFaults, debtOf, reviewersOf, type Debt } from './draft-rules';
import { identityOf, type Lookups } from './import-lookups';
import { resolve, type Complain } from './import-resolve';
import type { GivenRow } from './import-sheet';

/** A row that can become a draft. */
export interface ReadyRow {
  readonly draft: Draft;
  readonly debt: Debt;
  readonly responsibleId: string;
  readonly reviewers: ReturnType<typeof reviewersOf>;
  readonly identity: Buffer;
}

export interface CheckedRow extends GivenRow {
  readonly standing: ImportStanding;
  readonly faults: readonly string[];
  readonly hints: readonly string[];
  /** Null where it is faulty or already there. */
  readonly ready: ReadyRow | null;
}

/** Every row against the rules of 拟诺 and against the others; asks no database. */
export function checkRows(rows: readonly GivenRow[], lookups: Lookups): CheckedRow[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const { ready, identity, faults, hints } = checkRow(row, lookups);
    const key = identity?.toString('hex');
    const twin = key && first.get(key);
    if (key && twin === undefined) first.set(key, row.number);
    if (twin)
      return { ...row, standing: 'faulty', faults: [`和第 ${twin} 行一样，请删掉一行`], hints: [], ready: null };
    if (key && lookups.present.has(key)) return { ...row, standing: 'known', faults: [], hints: [], ready: null };
    if (ready === null) return { ...row, standing: 'faulty', faults, hints, ready };
    return { ...row, standing: hints.length > 0 ? 'warned' : 'good', faults, hints, ready };
  });
}

interface Verdict {
  ready: ReadyRow | null;
  /** Known as soon as it is known whose deed it is, and its words. */
  identity: Buffer | null;
  faults: string[];
  hints: string[];
}

/** Where a field of a draft stands in the sheet. */
const columnOfField: Readonly<Record<string, ImportColumn>> = {
  organizationId: 'organization',
  personId: 'name',
  responsibleId: 'name',
  forGridId: 'forGrid',
};

function checkRow({ cells }: GivenRow, lookups: Lookups): Verdict {
  const { caller, round } = lookups;
  const faults = new Map<ImportColumn, string>();
  const complain: Complain = (column, words) => void (faults.has(column) || faults.set(column, words));
  const complainOf = (field: string, words: string) => complain(columnOfField[field] ?? (field as ImportColumn), words);

  const resolved = resolve(cells, lookups, complain);
  const parsed = DraftCommitment.safeParse(resolved);
  for (const [field, words] of Object.entries(parsed.error ? fieldsOf(parsed.error) : {})) complainOf(field, words);
  const debt = resolved.kind && ownDebt({ ...resolved, kind: resolved.kind }, lookups, complain);
  const { title, words } = resolved;
  const identity = debt && title && words ? identityOf(debt, { title, words }) : null;
  if (parsed.success) {
    for (const { code, fields } of contentFaults(caller, round, { ...parsed.data })) {
      for (const [field, said] of Object.entries(fields ?? { forGridId: new Problem(code).title }))
        complainOf(field, field === 'deadline' ? `${parsed.data.deadline} 不在 ${round.year} 年内，${said}` : said);
    }
  }
  const told = [...faults].map(([column, said]) => `${importColumns[column]}：${said}`);
  if (!parsed.success || !debt || !identity || told.length > 0)
    return { ready: null, identity, faults: told, hints: [] };
  const draft = parsed.data;
  const responsibleId = draft.responsibleId ?? debt.personId ?? caller.personId;
  return {
    ready: { draft, debt, responsibleId, identity, reviewers: reviewersOf(caller, debt, lookups.people) },
    ...{ identity, faults: [] },
    hints: wordingHints(draft).map((hint) => hint.words),
  };
}

type Owned = Parameters<typeof debtOf>[1];

/** Whose deed it is by the rules of drafting; null, and said, where the caller may not write it. */
function ownDebt(resolved: Owned & { responsibleId?: string | undefined }, lookups: Lookups, complain: Complain) {
  const { caller, round, people } = lookups;
  const isWhose = resolved.kind === 'personal' ? resolved.personId : resolved.organizationId;
  if (isWhose === undefined) return null;
  try {
    const debt = debtOf(caller, resolved, round, people);
    checkKeepers([resolved.responsibleId ?? debt.personId ?? caller.personId], people);
    return debt;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    complain('name', error.title);
    return null;
  }
}
