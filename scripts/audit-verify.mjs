// npm run audit:verify: walks the chain of the audit and says what was changed, removed or put in; ends with 1 if anything
// was. `npm run audit:verify -- --head <seq>:<hash>` also finds a removed end, by a head that was noted before.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('audit-verify');
