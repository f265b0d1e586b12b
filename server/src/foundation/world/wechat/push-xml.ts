import sax from 'sax';
import { PushRefused } from './push-cipher';

/** A push nests three levels and has some thirty fields; `List` may have as many items as there are templates. */
const maxDepth = 8;
const maxElements = 1_000;

interface Element {
  readonly name: string;
  text: string;
  readonly children: [name: string, value: unknown][];
}

/**
 * What stands inside of `<xml>`, as the JSON form would have it: text as strings, an element with others inside as an object,
 * one that is repeated as an array. Names of its own (DOCTYPE, entities) nobody needs, and they are how XML is made to explode.
 * @throws PushRefused
 */
export function readPushXml(text: string): Record<string, unknown> {
  const parser = sax.parser(true, { position: false });
  const open: Element[] = [];
  let [root, elements]: [unknown, number] = [undefined, 0];
  const refuse = (): never => {
    throw new PushRefused('form');
  };
  const add = (words: string) => {
    const element = open.at(-1);
    if (element) element.text += words;
  };
  parser.onerror = refuse;
  parser.ondoctype = refuse;
  parser.onopentag = ({ name }) => {
    elements += 1;
    if (elements > maxElements || open.length >= maxDepth) refuse();
    open.push({ name, text: '', children: [] });
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onclosetag = () => {
    const element = open.pop();
    if (!element) return;
    const parent = open.at(-1);
    if (parent) parent.children.push([element.name, valueOf(element)]);
    else root = valueOf(element);
  };
  parser.write(text).close();
  return typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : refuse();
}

function valueOf({ text, children }: Element): unknown {
  if (children.length === 0) return text.trim();
  const values = new Map<string, unknown[]>();
  for (const [name, value] of children) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}
