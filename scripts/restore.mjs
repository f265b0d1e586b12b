// npm run restore: puts a backup into an empty database and an empty storage.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('restore');
