// npm run keys: shows, makes and changes the keys of what is encrypted; `npm run keys -- rotate` while the server runs.
import { runServerCommand } from './server-command.mjs';

await runServerCommand('keys');
