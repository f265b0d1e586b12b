import { readFileSync } from 'node:fs';
import path from 'node:path';
import { iconNames } from './icon-names';

const folder = path.join(path.dirname(require.resolve('lucide-static/package.json')), 'icons');

/** An icon of lucide as a data address for `mask-image`, without its comment, class and line breaks: about 400 bytes. */
function dataAddress(name: string): string {
  const svg = readFileSync(path.join(folder, `${name.replace('-filled', '')}.svg`), 'utf8')
    .replace('fill="none"', name.endsWith('-filled') ? 'fill="currentColor"' : 'fill="none"')
    .replace(/<!--.*?-->/gs, '')
    .replace(/class="[^"]*"/, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?(\/?>) ?/g, '$1')
    .replace(/"/g, "'")
    .replace(/[#%<>]/g, encodeURIComponent)
    .trim();
  return `data:image/svg+xml,${svg}`;
}

/** Puts `$icons` (name → data address) before src/ui/icons.scss and leaves every other style sheet as it is. */
export function withIcons(source: string, loader: { resourcePath: string }): string {
  if (path.basename(loader.resourcePath) !== 'icons.scss') return source;
  const entries = iconNames.map((name) => `${name}: "${dataAddress(name)}"`);
  return `$icons: (${entries.join(', ')});\n${source}`;
}
