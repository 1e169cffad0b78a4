import { pino } from 'pino';
import type { Log } from './core/ports.ts';

export type LogParts = {
  readonly level: string;
  /** Where the lines go, one JSON object each. */
  readonly write: (line: string) => void;
  /** Replaces every known secret in a line; the last thing that happens to it. */
  readonly redact: (line: string) => string;
};

/** JSON lines, with errors spelled out and no secret in them. */
export function createLog({ level, write, redact }: LogParts): Log {
  const destination = { write: (line: string) => write(redact(line)) };
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } };
  const logger = pino({ ...options, formatters: { level: (label) => ({ level: label }) } }, destination);
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
