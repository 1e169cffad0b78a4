import { LogLevel } from '@slack/bolt';
import type { Logger } from '@slack/bolt';
import type { Log } from '../core/ports.ts';

/** Hands what Slack's SDK has to say to our own log. Its debug lines hold whole payloads, so they go nowhere. */
export function sdkLogger(log: Log): Logger {
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({ from: 'slack-sdk' }, say(parts)),
    warn: (...parts) => log.warn({ from: 'slack-sdk' }, say(parts)),
    error: (...parts) => log.error({ from: 'slack-sdk' }, say(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function say(parts: readonly unknown[]): string {
  return parts.map(sayPart).join(' ').slice(0, 500);
}

function sayPart(part: unknown): string {
  return part instanceof Error ? part.message : String(part);
}
