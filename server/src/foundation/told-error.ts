import { isNativeError } from 'node:util/types';
import { Problem } from '@sandan/shared/problems';

/**
 * What may be told of an error, wherever it is kept: in a log line, in the error column of a delivery or of due work, in
 * the answer of a child process. Which error, where in the code, at which key or column; never the values it happened on.
 */
export interface ToldError {
  type: string;
  code?: string;
  message: string;
  stack?: string;
  cause?: ToldError;
}

export function toldError(error: unknown): ToldError {
  if (!isNativeError(error)) return { type: typeof error, message: withoutValues(String(error)) };
  const message = messageOf(error);
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message,
    ...(error.stack ? { stack: [`${error.name}: ${message}`, ...framesOf(error.stack)].join('\n') } : {}),
    ...(error.cause === undefined ? {} : { cause: toldError(error.cause) }),
  };
}

/** The same in one line, for a column of 500 characters. */
export const errorLine = (error: unknown): string => lineOf(toldError(error)).slice(0, 500);

const lineOf = ({ type, code, message, cause }: ToldError): string =>
  [type, ...(code === undefined ? [] : [code]), message, ...(cause === undefined ? [] : ['<-', lineOf(cause)])].join(
    ' ',
  );

function messageOf(error: Error): string {
  if (error instanceof Problem) return error.title;
  if (isOfDatabase(error)) return databaseWords(error);
  if (isOfZod(error))
    return error.issues.map(({ code, path }) => `${withoutValues(path.join('.'))}: ${code}`).join('; ');
  // A parser quotes what it could not read.
  if (error.name === 'SyntaxError') return withoutValues(error.message.split(/["']/, 1)[0] ?? '');
  return withoutValues(error.message);
}

/** Ours are in English and name ids: whatever is not, or is a number to call or to be known by, came from outside. */
const withoutValues = (text: string): string =>
  text.replace(/\d(?:[ -]?\d){6,}[\dXx]?/g, '#').replace(/[^\p{ASCII}]+/gu, '…');

const framesOf = (stack: string): string[] => stack.split('\n').filter((line) => /^\s+at /.test(line));

const isOfDatabase = (error: Error): boolean => 'sql' in error || 'query' in error || 'sqlMessage' in error;

/** Their words are made of our own names only: statements carry no values, only placeholders. */
const namingOursOnly = new Set(['ER_BAD_FIELD_ERROR', 'ER_NO_SUCH_TABLE', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT']);
/** The name of the key, column or constraint, where it stands behind the value or without one. */
const names: readonly RegExp[] = [
  /for key '([A-Za-z_][\w.]*)'$/,
  /for column (?:`\w+`\.){0,2}[`']([A-Za-z_]\w*)[`'] at row \d+$/,
  /^Column '([A-Za-z_]\w*)' cannot be null$/,
  /CONSTRAINT `([A-Za-z_]\w*)` (?:FOREIGN|failed)/,
];

/** A database error carries its statement with all values, and quotes values in its message. */
function databaseWords(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (namingOursOnly.has(code)) return withoutValues(error.message);
  const name = names.map((pattern) => pattern.exec(error.message)?.[1]).find((found) => found !== undefined);
  return name === undefined ? 'a statement failed' : `a statement failed at ${name}`;
}

interface OfZod extends Error {
  issues: readonly { code: string; path: readonly PropertyKey[] }[];
}
const isOfZod = (error: Error): error is OfZod => 'issues' in error && Array.isArray(error.issues);
