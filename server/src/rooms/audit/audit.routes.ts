import { auditApi } from '@sandan/shared/audit/audit.contract';
import { Problem } from '@sandan/shared/problems';
import type { Caller } from '../../foundation/access/caller';
import { callerById } from '../../foundation/access/sessions';
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
  writeAuditPaper,
  type AuditPaperName,
} from './audit-papers';
import { changeRules, listEntries, stateOfChain } from './audit.service';

/** The address of a paper; that somebody took it is written down in the same transaction. */
export async function exportPaper(db: Db, caller: Caller, name: AuditPaperName, { signing }: World) {
  await recordAct(db, caller, 'exportAudit', { facts: factsOf(name) });
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
    const { length: rows } = await entriesToExport(db, caller, query);
    return exportPaper(db, caller, { what: 'entries', personId: caller.personId, filters: query, rows }, world);
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
