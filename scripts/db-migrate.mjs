// npm run db:migrate: brings the tables of the given or the private database to the present, and ends.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('migrate');
