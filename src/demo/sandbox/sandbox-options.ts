import type { Clock } from '../../core/ports.ts';
import type { RedisChoice } from './redis-source.ts';
import type { ScenarioName } from './scenarios.ts';

/** What a sandbox is started with; only the folder and the clock have no default. */
export type SandboxOptions = {
  /** An empty folder; everything that the sandbox makes lies in it. */
  readonly dir: string;
  /** Real time: customers, cron jobs and the database follow it. */
  readonly clock: Clock;
  /** What is wrong with it, by the name of the procedure that repairs it (cache). */
  readonly scenario?: ScenarioName;
  /** A server of its own unless something else is said. */
  readonly redis?: RedisChoice;
  /** Where git, bash and redis-server are found, as in `PATH`. */
  readonly hostPath?: string;
  /** Requests a second (100). */
  readonly perSecond?: number;
  /** The length of the sliding window that all figures are taken over (2000). */
  readonly windowMs?: number;
  /** How often every line of the crontab runs (1000). */
  readonly cronEveryMs?: number;
  /** How long `wrangler deploy` thinks before it does something (0). */
  readonly wranglerLatencyMs?: number;
};
