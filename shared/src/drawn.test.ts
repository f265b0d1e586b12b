import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drawnFiles } from '../../scripts/drawing';

test.each(drawnFiles())('$path is drawn from the tables as they are (npm run draw)', ({ path, text }) => {
  expect(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')).toBe(text);
});
