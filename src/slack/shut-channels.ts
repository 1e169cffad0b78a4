import type { Clock } from '../core/ports.ts';

/** The channels that have lately taken nothing of ours, so that what people have to decide is not said to nobody. */
export type ShutChannels = {
  note(channel: string): void;
  has(channel: string): boolean;
};

/** After this it is tried again: somebody may have opened the channel, or asked us in. */
const HOLDS_MS = 10 * 60_000;

/** Remembers them for a while, in this process only: the next one is told again by Slack itself. */
export function createShutChannels(clock: Clock): ShutChannels {
  const shutAt = new Map<string, number>();
  return {
    note: (channel) => void shutAt.set(channel, clock.monotonicMs()),
    has: (channel) => clock.monotonicMs() - (shutAt.get(channel) ?? Number.NEGATIVE_INFINITY) < HOLDS_MS,
  };
}
