import { z } from 'zod';
import type { Schema } from '@sandan/shared/endpoint';

export type Json = { [key: string]: unknown };
export type Direction = 'input' | 'output';

/** The schemas of the contract as JSON Schema, those with a name (`meta({ id })`) by reference. */
export interface NamedSchemas {
  /** What is sent (`input`: fields with a default may be left out) or answered (`output`). */
  of(schema: Schema, direction: Direction): Json;
  /** The schema of a request itself, also when it has a name. */
  inline(schema: Schema): Json;
  /** The named schemas that were asked for so far and all they refer to, by name. */
  used(): Record<string, Json>;
}

/** A named schema that looks different in a request stands a second time, as `NameInput`. */
export function nameSchemas(): NamedSchemas {
  const sent = everyNamed('input');
  const answered = everyNamed('output');
  const different = differing(sent, answered);
  const nameIn = (direction: Direction) => (id: string) =>
    direction === 'input' && different.has(id) ? `${id}Input` : id;
  const all: Record<string, Json> = {};
  for (const [id, schema] of Object.entries(answered)) all[id] = withReferences(schema, nameIn('output'));
  for (const id of different) all[`${id}Input`] = withReferences(sent[id] ?? {}, nameIn('input'));

  const used: Record<string, Json> = {};
  const use = (schema: Json): Json => {
    for (const name of referencesIn(schema)) {
      const named = all[name];
      if (!named || used[name]) continue;
      used[name] = named;
      use(named);
    }
    return schema;
  };
  const render = (schema: Schema, direction: Direction): Json => {
    const {
      $schema: _schema,
      $defs: _defs,
      ...own
    } = z.toJSONSchema(schema, { io: direction, override: tidy }) as Json;
    return withReferences(own, nameIn(direction));
  };
  return {
    of: (schema, direction) => use(render(schema, direction)),
    inline: (schema) => {
      const rendered = render(schema, 'input');
      const [name] = '$ref' in rendered ? referencesIn(rendered) : [];
      return use(name === undefined ? rendered : (all[name] ?? rendered));
    },
    used: () => Object.fromEntries(Object.entries(used).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function everyNamed(direction: Direction): Record<string, Json> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { io: direction, override: tidy, uri: (id) => `#/$defs/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, id: _name, ...own }]) => [id, own as Json]),
  );
}

/** Those that differ themselves, and those that refer to one that does. */
function differing(sent: Record<string, Json>, answered: Record<string, Json>): Set<string> {
  const found = new Set(Object.keys(sent).filter((id) => JSON.stringify(sent[id]) !== JSON.stringify(answered[id])));
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const [id, schema] of Object.entries(sent))
      if (referencesIn(schema).some((each) => found.has(each))) found.add(id);
  }
  return found;
}

/** Replies may grow (decisions.md §5.10), so they promise no end of their fields; and ±2^53 is no limit worth a word. */
function tidy({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema['additionalProperties'] === false) delete jsonSchema['additionalProperties'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
}

const reference = /^#\/(?:\$defs|components\/schemas)\/(.+)$/;

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === '$ref' && typeof each === 'string' ? (reference.exec(each)?.slice(1) ?? []) : referencesIn(each),
  );
}

function withReferences<T>(value: T, nameOf: (id: string) => string): T {
  return JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    key === '$ref' && typeof each === 'string'
      ? each.replace(reference, (_, id: string) => `#/components/schemas/${nameOf(id)}`)
      : each,
  ) as T;
}
