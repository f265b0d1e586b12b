// npm run admin:create: makes the first administrator, or lets one in again, and prints a link that works once. What was
// not said on the command line is asked for where somebody sits at the terminal.
import { createInterface } from 'node:readline/promises';
import { runServerCommand } from './server-command.mjs';

const given = (/** @type {string} */ option) => process.argv.some((arg) => arg.split('=')[0] === option);

if (process.stdin.isTTY && !given('--name')) {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  process.argv.push('--name', await asking.question('管理员姓名 Name of the administrator: '));
  asking.close();
}
await runServerCommand('admin-create');
