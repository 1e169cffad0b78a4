import type { App } from '../app.ts';
import { due } from '../core/incident/due.ts';
import type { IncidentState } from '../core/incident/state.ts';
import type { Clock } from '../core/ports.ts';

const LOOK_EVERY_MS = 100;
const RECENT = 50;

/** Resolves when nothing acts and nothing is owed: what is left waits for people, or is over. */
export async function untilQuiet({ store }: Pick<App, 'store'>, clock: Clock): Promise<void> {
  for (;;) {
    const streams = await store.streams({ includeClosed: true, limit: RECENT });
    const loaded = await Promise.all(streams.map(async (stream) => await store.load(stream)));
    if (loaded.every(({ state, readOnly }) => readOnly !== null || isQuiet(state, clock))) return;
    await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
  }
}

function isQuiet(state: IncidentState, clock: Clock): boolean {
  if (state.status === 'none') return true;
  const acts = state.runs.some(
    ({ steps, progress }) => progress.status !== 'finished' && steps.some((step) => step.state.status === 'intended'),
  );
  return !acts && due(state, clock.now()).length === 0;
}
