/**
 * Draws what is derived from the contract: the app's route table and the lifecycle diagrams of shared/README.md.
 * `npm run draw` writes them; the test in shared/src/drawn.test.ts fails when they are out of date.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawnFiles } from './drawing';

for (const { path, text } of drawnFiles()) {
  writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text);
  console.log(`drawn ${path}`);
}
