import type { z } from 'zod';
import type { AuditItem } from '@sandan/shared/audit/audit.contract';
import { auditActs, auditThings } from '@sandan/shared/audit/audit.words';
import { maskName } from '../../foundation/access/masking';
import { fromJson, type Reading } from '../../foundation/database/connect';
import { isNamedKind, namesOf, type AuditRow, type NamedKind } from './audit.queries';
import { factsInWords } from '../../foundation/audit/facts-words';

type Item = z.input<typeof AuditItem>;

/** Entries as an auditor reads them; one statement for each kind of thing among them. */
export async function presentEntries(db: Reading, rows: readonly AuditRow[]): Promise<Item[]> {
  const names = await namesOfThings(db, rows);
  return rows.map((row) => presentEntry(row, names));
}

async function namesOfThings(db: Reading, rows: readonly AuditRow[]): Promise<ReadonlyMap<string, string | null>> {
  const idsByKind = new Map<NamedKind, Set<string>>();
  for (const { act, thingId } of rows) {
    const kind = auditActs[act].thing;
    if (thingId === null || kind === null || !isNamedKind(kind)) continue;
    idsByKind.set(kind, (idsByKind.get(kind) ?? new Set()).add(thingId));
  }
  const found = await Promise.all([...idsByKind].map(([kind, ids]) => namesOf(db, kind, [...ids])));
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}

function presentEntry(row: AuditRow, names: ReadonlyMap<string, string | null>): Item {
  const { name: actName, kind, thing } = auditActs[row.act];
  const { id, at, act, thingId, seq } = row;
  return {
    ...{ id, at: at.toISOString(), act, actName, kind, seq: seq === null ? null : Number(seq) },
    who: row.personId === null ? null : { personId: row.personId, name: nameOf(row) },
    thing:
      thing === null || thingId === null
        ? null
        : { id: thingId, kindName: auditThings[thing], name: names.get(thingId) ?? null },
    facts: factsInWords(fromJson(row.facts)),
  };
}

function nameOf({ personName, hasPost }: AuditRow): string {
  if (personName === null) return '已注销';
  return Number(hasPost) === 1 ? personName : maskName(personName);
}
