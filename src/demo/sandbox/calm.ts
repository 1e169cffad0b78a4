import type { World } from './world.ts';

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Waits until the figures of the shop are good, for a trouble that is elsewhere. */
export async function untilCalm({ clock, service }: Pick<World, 'clock' | 'service'>): Promise<void> {
  const deadlineMs = clock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    const { requests, errorRate, hitRate } = service.figures();
    if (requests > 0 && (errorRate ?? 1) < 0.01 && (hitRate ?? 0) > 0.6) return;
    if (clock.monotonicMs() > deadlineMs) throw new Error('The shop does not come to rest.');
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
  }
}
