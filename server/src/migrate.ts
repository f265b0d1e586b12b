import { endOnFault } from './foundation/config';
import { migrate } from './foundation/database/migrate';
import { entities } from './rooms';

/** Entry of migrate.js: `npm run db:migrate` and the start scripts. */
const applicationUrl = process.env['DATABASE_URL'];
if (!applicationUrl) throw new Error('DATABASE_URL is missing');
const ownerUrl = process.env['DATABASE_OWNER_URL'] || applicationUrl;

const ran = await migrate({ ownerUrl, applicationUrl, entities }).catch(endOnFault);
console.log(ran.length === 0 ? 'Nothing to migrate' : `Migrated: ${ran.join(', ')}`);
