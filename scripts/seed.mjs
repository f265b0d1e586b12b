// npm run seed: fills the demo town where it is missing; `npm run seed -- --again` empties it first.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('migrate', 'seed');
