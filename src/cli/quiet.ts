import type { App } from '../app.ts';
import { due } from '../core/incident/due.ts';
import { isMailing } from '../core/incident/mail-due.ts';
import type { IncidentState } from '../core/incident/state.ts';
import { JournalBroken } from '../core/journal-broken.ts';
import type { Kinds } from '../core/kinds.ts';
import { due as dueOfPage } from '../core/page/due.ts';
import type { PageState } from '../core/page/state.ts';
import type { Clock } from '../core/ports.ts';

const LOOK_EVERY_MS = 100;
const RECENT = 50;

/** Resolves when nothing acts and nothing is owed: what is left waits for people, or is over. */
export async function untilQuiet({ store }: Pick<App, 'store'>, clock: Clock): Promise<void> {
  for (;;) {
    const incidents = await loadRecent(store, 'incident');
    const pages = await loadRecent(store, 'page');
    const quiet = [...incidents.map((state) => isQuiet(state, clock)), ...pages.map((state) => hasCalled(state, clock))];
    if (quiet.every((each) => each)) return;
    await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
  }
}

/** One that can't be read, or only read, is nobody's to wait for. */
async function loadRecent<K extends 'incident' | 'page'>(store: App['store'], kind: K): Promise<readonly Kinds[K]['state'][]> {
  const streams = await store.streams({ kind, includeClosed: true, limit: RECENT });
  const loaded = await Promise.all(
    streams.map(async (stream) => {
      try {
        return await store.load(stream);
      } catch (error) {
        if (error instanceof JournalBroken) return null;
        throw error;
      }
    }),
  );
  return loaded.flatMap((each) => (each === null || each.readOnly !== null ? [] : [each.state]));
}

/** What is to be sent at this moment has been sent. */
function hasCalled(state: PageState, clock: Clock): boolean {
  if (state.status === 'none') return true;
  return dueOfPage(state, clock.now()).length === 0 && state.deliveries.every((delivery) => delivery.state.status !== 'intended');
}

function isQuiet(state: IncidentState, clock: Clock): boolean {
  if (state.status === 'none') return true;
  const acts = state.runs.some(
    ({ steps, progress }) => progress.status !== 'finished' && steps.some((step) => step.state.status === 'intended'),
  );
  return !acts && !isMailing(state.record) && due(state, clock.now()).length === 0;
}
