import { parseDuration } from '../duration.ts';
import type { Settings } from '../settings.ts';
import type { StormLimits } from './event.ts';

const GROUPS = 10;
const WITHIN_MS = 10 * 60_000;

/** From when on it is a storm, as `rollbot.yml` says. */
export function stormLimitsOf({ alerts }: Settings): StormLimits {
  const { groups = GROUPS, within } = alerts?.storm ?? {};
  return { groups, withinMs: (within === undefined ? undefined : parseDuration(within)) ?? WITHIN_MS };
}
