import { request } from 'undici';
import { z } from 'zod';
import type { Instant } from '../core/brand.ts';
import type { SlackReading } from '../core/doctor/port.ts';
import type { Clock, Log } from '../core/ports.ts';
import { createWeb, sayFailure } from './web.ts';

const Standing = z.looseObject({
  team: z.string().optional(),
  response_metadata: z.looseObject({ scopes: z.array(z.string()).optional() }).optional(),
});
const TIMEOUT_MS = 10_000;

export type StandingParts = {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly wanted: readonly string[];
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
};

/** How the bot stands with Slack: whether its token is known, what it may do, and what time it is there. */
export async function readStanding({ token, apiUrl, wanted, clock, log }: StandingParts): Promise<SlackReading> {
  const result = await createWeb({ token, apiUrl, log }).call('auth.test');
  if (result.status !== 'ok') return { status: 'failed', says: `${sayFailure(result)}.` };
  const read = Standing.safeParse(result.data);
  const { team = 'its workspace', response_metadata } = read.success ? read.data : {};
  const clocks = await readClock(apiUrl ?? 'https://slack.com/api/', clock);
  return { status: 'reached', workspace: team, scopes: response_metadata?.scopes ?? null, wanted, clocks };
}

/** The time that Slack's server says of its answer; null where it says none. */
async function readClock(url: string, clock: Pick<Clock, 'now'>): Promise<{ readonly theirs: Instant; readonly ours: Instant } | null> {
  try {
    const { headers, body } = await request(new URL('api.test', url), { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
    const ours = clock.now();
    await body.dump();
    const theirs = Date.parse(String(headers['date']));
    return Number.isNaN(theirs) ? null : { theirs: theirs as Instant, ours };
  } catch {
    // That Slack answers was seen a moment ago; a clock that can't be read is no finding of its own.
    return null;
  }
}
