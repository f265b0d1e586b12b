import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { api } from '../shared/src/api';
import { isUpload, type Endpoint } from '../shared/src/endpoint';
import { commitmentLifecycle } from '../shared/src/commitments/commitment.lifecycle';
import { roundLifecycle } from '../shared/src/commitments/round.lifecycle';
import { showcaseLifecycle } from '../shared/src/commitments/showcase.lifecycle';
import { bindingLifecycle } from '../shared/src/people/binding.lifecycle';
import { sweepLifecycle } from '../shared/src/sweeps/sweep.lifecycle';
import type { Lifecycle, Target } from '../shared/src/lifecycle';
import { orderLifecycle } from '../shared/src/orders/order.lifecycle';
import { seatLifecycle, taskLifecycle } from '../shared/src/orders/task.lifecycle';

const readme = 'shared/README.md';
const routeTable = 'shared/src/routes.generated.ts';

/** The app's route table: key → [method, path] (uploads: method UPLOAD), without zod. */
function drawRoutes(): string {
  const rows = Object.entries(api).flatMap(([room, endpoints]) =>
    Object.entries(endpoints as Record<string, Endpoint>).map(([name, { method, path, body }]) => {
      const verb = isUpload(body) && method === 'post' ? 'UPLOAD' : method.toUpperCase();
      return `  '${room}.${name}': ['${verb}', '${path}'],`;
    }),
  );
  return `// Drawn by \`npm run draw\` from the contracts; do not edit.\nexport const routes = {\n${rows.join('\n')}\n} as const;\n`;
}

const arrowsOf = (lifecycle: Lifecycle): string[] => {
  const arrows = new Map<string, string[]>();
  const add = (from: string, to: string, name: string) => {
    const key = `${from} --> ${to}`;
    arrows.set(key, [...(arrows.get(key) ?? []), name]);
  };
  for (const row of Object.values(lifecycle.actions)) {
    const targets: readonly Target<string>[] = typeof row.to === 'string' ? [row.to] : row.to;
    for (const target of targets) {
      // What may also keep the state (转为保密) moves the order only as its tasks do.
      if (target === 'same' || (target === 'derived' && targets.includes('same'))) continue;
      const to = target === 'derived' ? 'derived' : target;
      if (row.fresh) add('[*]', to, row.name);
      for (const from of row.from) add(from, to, row.name);
    }
  }
  return [...arrows].map(([key, names]) => `  ${key}: ${names.join(' / ')}`);
};

/** A mermaid state diagram; actions that keep the state are left to the table. */
function drawLifecycle(lifecycle: Lifecycle): string {
  const derives = Object.values(lifecycle.actions).some(({ to }) => [to].flat().includes('derived'));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...Object.entries(lifecycle.states).map(([state, { name, stage }]) => `  ${state}: ${name} ${state} (${stage})`),
    ...(derives ? ['  derived: 随任务而定 (accepted, dispatched, handling, checking, reported)'] : []),
    ...arrowsOf(lifecycle),
    '```',
  ].join('\n');
}

const marked = (text: string, mark: string, drawing: string): string => {
  const [open, close] = [`<!-- drawn: ${mark} -->`, `<!-- /drawn: ${mark} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < 0) throw new Error(`${readme} has no place marked "${mark}"`);
  return `${text.slice(0, start)}${open}\n${drawing}\n${text.slice(end)}`;
};

export function drawnFiles(): { path: string; text: string }[] {
  const old = readFileSync(fileURLToPath(new URL(`../${readme}`, import.meta.url)), 'utf8');
  const text = [
    orderLifecycle,
    taskLifecycle,
    seatLifecycle,
    roundLifecycle,
    commitmentLifecycle,
    showcaseLifecycle,
    bindingLifecycle,
    sweepLifecycle,
  ].reduce((drawn, lifecycle) => marked(drawn, lifecycle.thing, drawLifecycle(lifecycle)), old);
  return [
    { path: routeTable, text: drawRoutes() },
    { path: readme, text },
  ];
}
