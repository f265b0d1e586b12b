import { auditApi } from '@sandan/shared/audit/audit.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { callerById } from '../../foundation/access/sessions';
import { noteListExport } from '../../foundation/audit/list-export';
import { recordAct } from '../../foundation/audit/record-act';
import { answerWith } from '../../foundation/documents/paper-answer';
import { nameOfPaper, signedPaper } from '../../foundation/documents/signed-papers';
import type { Db } from '../../foundation/database/connect';
import { implement, type FileAnswer, type Route } from '../../foundation/http/implement';
import type { World } from '../../foundation/http/world';
import {
  auditPapersPath,
  entriesToExport,
  fileNameOf,
  formatOfPaper,
  peopleIn,
  writeAuditPaper,
  type AuditPaperName,
} from './audit-papers';
import { changeRules, listEntries, stateOfChain } from './audit.service';

/** The address of a paper; that somebody took it is written down in the same transaction. */
export async function exportPaper(
  db: Db,
  caller: Caller,
  { name, personIds }: { name: AuditPaperName; personIds: readonly string[] },
  { signing }: World,
) {
  const { rows } = name;
  await noteListExport(db, caller, 'exportAudit', { facts: factsOf(name) }, { rows, personIds });
  return {
    address: signedPaper(auditPapersPath, name, signing, caller.now),
    fileName: fileNameOf(name, caller.now),
  };
}

const factsOf = ({ what, rows }: AuditPaperName) => ({ what, rows });

export const auditRoutes: Route[] = implement('audit', auditApi, {
  list: ({ db, caller, query }) => listEntries(db, caller, query),
  state: ({ db, caller }) => stateOfChain(db, caller),
  export: async ({ db, caller, query, world }) => {
    const entries = await entriesToExport(db, caller, query);
    const { personId } = caller;
    const name = { what: 'entries', personId, filters: query, rows: entries.length } as const;
    return exportPaper(db, caller, { name, personIds: peopleIn(entries) }, world);
  },
  changeRules: async ({ db, caller, body }) => ({ rules: await changeRules(db, caller, body) }),
  // The address is all it takes to open it, so that is written down too, in a transaction of its own.
  open: async ({ db, params: { paper }, query: proof, world, now }): Promise<FileAnswer> => {
    const name = nameOfPaper<AuditPaperName>(auditPapersPath, { paper, proof }, world.signing, now);
    const caller = name && (await callerById(db, world.references, name.personId, now));
    if (!name || !caller) throw new Problem('paper.link-expired');
    await world.database.transaction((own) => recordAct(own, caller, 'openAuditPaper', { facts: factsOf(name) }));
    const written = await writeAuditPaper(db, caller, name);
    return answerWith(world.documents, formatOfPaper(name), { paper: written, fileName: fileNameOf(name, now) });
  },
});
