// npm run import -- 名册.xlsx --as <phone>: takes in an office's own list; `--dry-run` only checks it.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('migrate', 'import');
