import type { SlackEmulator, SlackOptions } from './interface.ts';

export { sandboxSeed } from './seed.ts';
export type * from './change.ts';
export type * from './clock.ts';
export type * from './interface.ts';
export type * from './seed.ts';

/** Starts a Slack workspace on loopback that refuses what Slack refuses, in Slack's own words. */
export function startSlack(options: SlackOptions = {}): Promise<SlackEmulator> {
  return Promise.reject(new Error(`The workspace can't be started yet (port ${options.port ?? 0}).`));
}
