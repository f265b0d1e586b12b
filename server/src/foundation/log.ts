import { pino, type Logger } from 'pino';

export type Log = Logger;

/**
 * JSON lines on standard output. Nothing personal goes in: requests are logged by route, never by address with its
 * query (signed photo addresses), and bodies not at all.
 */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
