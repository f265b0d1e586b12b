import { connectDatabase, type Database } from '../database/connect';
import { createVault } from '../personal-data/vault';
import { AuditAnchor, AuditCheck, AuditSeal } from './audit-chain.entity';
import { AuditEntry } from './audit-entry.entity';

/** Nothing in the audit is sealed, so whoever verifies it needs no keys. */
const withoutKeys = createVault(() => {
  throw new Error('The audit holds no personal data');
});

/** The audit's tables alone, for the commands that verify and trim it. */
export const openAudit = (url: string, writers = 1): Promise<Database> =>
  connectDatabase({
    ...{ url, writers, vault: withoutKeys },
    entities: [AuditEntry, AuditSeal, AuditAnchor, AuditCheck],
  });
