import { existsSync } from 'node:fs';
import { endOnFault, keysFileOf } from './foundation/config';
import { hasSealedData, migrate } from './foundation/database/migrate';
import { newKeyRing, readKeyRing, writeKeyRing } from './foundation/personal-data/key-ring';
import { createVault } from './foundation/personal-data/vault';
import { entities } from './rooms';

/** Entry of migrate.js: `npm run db:migrate` and the start scripts. */
const applicationUrl = process.env['DATABASE_URL'];
if (!applicationUrl) throw new Error('DATABASE_URL is missing');
const ownerUrl = process.env['DATABASE_OWNER_URL'] || applicationUrl;

const ran = await run(ownerUrl).catch(endOnFault);
console.log(ran.length === 0 ? 'Nothing to migrate' : `Migrated: ${ran.join(', ')}`);

/** A new installation gets its keys here; where something is sealed already, a missing file is a lost one. */
async function run(url: string): Promise<string[]> {
  const keysFile = keysFileOf(process.env);
  if (!existsSync(keysFile) && !(await hasSealedData(url))) {
    writeKeyRing(keysFile, newKeyRing());
    console.log(`New keys: ${keysFile}`);
  }
  const ring = readKeyRing(keysFile);
  return migrate({ ownerUrl: url, applicationUrl, entities, vault: createVault(() => ring) });
}
