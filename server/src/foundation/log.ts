import { isNativeError } from 'node:util/types';
import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON lines on standard output. Nothing personal goes in: requests are logged by route, never by address with its
 * query (signed photo addresses), bodies not at all, and errors without the values they happened on.
 */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: plainError },
  });

interface PlainError {
  type: string;
  code?: string;
  message: string;
  stack?: string;
  cause?: PlainError;
}

/** A database error carries its statement with all values, and quotes values in its message: both stay out. */
export function plainError(error: unknown): PlainError {
  if (!isNativeError(error)) return { type: typeof error, message: String(error) };
  const isOfDatabase = 'sql' in error || 'query' in error;
  const tell = (text: string): string => (isOfDatabase ? text.replace(/'[^']*'/g, "'…'") : text);
  return {
    type: error.name,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    message: tell(error.message),
    ...(error.stack ? { stack: tell(error.stack) } : {}),
    ...(error.cause === undefined ? {} : { cause: plainError(error.cause) }),
  };
}
