import { pino, type DestinationStream, type Logger } from 'pino';
import { toldError } from './told-error';

export type Log = Logger;

/**
 * JSON lines on standard output. Nothing personal goes in: requests are logged by route, never by address with its
 * query (signed photo addresses), bodies not at all, and errors without the values they happened on.
 */
export const createLog = (level: string, to?: DestinationStream): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: toldError },
    },
    to ?? pino.destination(1),
  );
