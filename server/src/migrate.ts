import { existsSync } from 'node:fs';
import { auditFaults } from './foundation/audit/append-only';
import { ConfigFault, endOnFault, keysFileOf } from './foundation/config';
import { hasSealedData, migrate } from './foundation/database/migrate';
import { newKeyRing, readKeyRing, writeKeyRing } from './foundation/personal-data/key-ring';
import { createVault } from './foundation/personal-data/vault';
import { entities } from './rooms';

/** Entry of migrate.js: `npm run db:migrate` and the start scripts. */
const applicationUrl = process.env['DATABASE_URL'];
if (!applicationUrl) endOnFault(new ConfigFault(['没有设置 DATABASE_URL / DATABASE_URL is missing']));
const ownerUrl = process.env['DATABASE_OWNER_URL'] || applicationUrl;

try {
  const ran = await run(ownerUrl);
  console.log(ran.length === 0 ? '数据库已是最新 / nothing to migrate' : `数据库已升级 / migrated: ${ran.join(', ')}`);
  // Told here already, where the accounts are set up; production would not start with it.
  for (const fault of await auditFaults(applicationUrl)) console.warn(`注意 / note: ${fault}`);
} catch (error) {
  endOnFault(error);
}

/** A new installation gets its keys here; where something is sealed already, a missing file is a lost one. */
async function run(url: string): Promise<string[]> {
  const keysFile = keysFileOf(process.env);
  if (!existsSync(keysFile) && !(await hasSealedData(url))) {
    writeKeyRing(keysFile, newKeyRing());
    console.log(`新密钥文件 / new keys: ${keysFile}\n请另存一份，与数据库和备份分开保管。`);
  }
  const ring = readKeyRing(keysFile);
  return migrate({ ownerUrl: url, applicationUrl, entities, vault: createVault(() => ring) });
}
