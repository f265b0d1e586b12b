import sax from 'sax';
import { Problem } from '@sandan/shared/problems';

export interface XmlListener {
  /** Names come without their prefix. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML as it comes, holding no more than one piece of it; yields after each piece, so that the listener's harvest can
 * be taken away. Throws `sheet.broken` for what is no XML, and for definitions of its own, which nothing in a workbook needs.
 */
export async function* readXml(pieces: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<void, void> {
  const parser = sax.parser(true, { position: false });
  let fault: unknown = null;
  const refuse = (cause: unknown) => {
    fault ??= cause;
  };
  parser.onerror = refuse;
  parser.ondoctype = () => refuse('a document type');
  parser.onopentag = ({ name, attributes }) =>
    listener.open?.(bare(name), attributes as Readonly<Record<string, string>>);
  parser.ontext = (text) => listener.text?.(text);
  parser.oncdata = (text) => listener.text?.(text);
  parser.onclosetag = (name) => listener.close?.(bare(name));
  const decoder = new TextDecoder('utf-8');
  const feed = (text: string) => {
    if (text !== '') parser.write(text);
    if (fault !== null) throw new Problem('sheet.broken', { cause: fault });
  };
  for await (const piece of pieces) {
    feed(decoder.decode(piece, { stream: true }));
    yield;
  }
  feed(decoder.decode());
  parser.close();
  if (fault !== null) throw new Problem('sheet.broken', { cause: fault });
}

/** The same for a small part, to its end. */
export async function readWholeXml(pieces: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  const reading = readXml(pieces, listener);
  while (!(await reading.next()).done);
}
