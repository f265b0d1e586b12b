// npm run backup: one encrypted copy of everything, while the server runs.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('backup');
