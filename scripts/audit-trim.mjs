// npm run audit:trim: removes entries of the audit that are older than the setting says, and leaves an anchor for the rest.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('audit-trim');
