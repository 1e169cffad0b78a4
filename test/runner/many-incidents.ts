import type { IncidentId, Instant, PersonId, RoleId, RunId, StepId, StreamId } from '../../src/core/brand.ts';
import type { Acting } from '../../src/core/incident/command.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import type { Store, Write } from '../../src/core/ports.ts';
import type { Statistics } from '../../src/core/stats/port.ts';
import type { StatisticsParts } from '../../src/runner/stats/statistics.ts';
import type { drawHome } from '../../src/slack/entries/home.ts';
import { closed, linked, opened, started } from '../contracts/store/happenings.ts';
import { step } from '../core/incident/plans.ts';
import { Afterwards } from '../core/followup/scenes.ts';
import { silent } from '../slack/house.ts';

const STEPS = 24;
const BATCH = 50;
const HOUR = 60 * 60_000;

export type Many = { readonly incidents: number; readonly eventsEach: number; readonly open: number };

/** Fills a journal with incidents, one each hour, of which the last ones are open. */
export async function manyIncidents(store: Store, { incidents, eventsEach, open }: Many): Promise<void> {
  for (let from = 0; from < incidents; from += BATCH) {
    const writes = Array.from({ length: Math.min(BATCH, incidents - from) }, (_, index): Write => {
      const number = from + index;
      return { stream: `incident/i${number}` as StreamId, expectedSeq: 0, facts: factsOf(number, eventsEach, number < incidents - open) };
    });
    const result = await store.append(writes, {}, (from * HOUR) as Instant);
    if (result.status !== 'ok') throw new Error(`The incidents were not taken (${result.status}).`);
  }
}

/** An incident of so many events: a run that does and checks a lot, and people who talk about it. */
function factsOf(number: number, many: number, isOver: boolean): readonly IncidentFact[] {
  const run = `r${number}` as RunId;
  const begin = started(run) as Extract<IncidentFact, { type: 'run-started' }>;
  const steps = Array.from({ length: STEPS }, (_, index) => step(`step-${index}`, { after: [] }));
  const head: IncidentFact[] = [
    { ...(opened() as Extract<IncidentFact, { type: 'incident-opened' }>), incident: `i${number}` as IncidentId },
    linked(`C${number}`),
    { ...begin, procedure: { ...begin.procedure, id: `procedure-${number % 12}`, estimate: '2m-3m', steps } },
  ];
  const tail: IncidentFact[] = isOver ? [{ type: 'run-finished', run, outcome: 'verified' }, closed()] : [];
  const middle = Array.from({ length: Math.max(0, many - head.length - tail.length) }, (_, index): IncidentFact => {
    const of = `step-${Math.floor(index / 2) % STEPS}` as StepId;
    return index % 2 === 0
      ? { type: 'step-process', run, step: of, attempt: 1, pgid: 4711, processStartedAt: '12345' }
      : { type: 'step-checked', run, step: of, attempt: 1, says: 'It has not happened yet, as far as anybody can see from here.' };
  });
  return [...head, ...middle, ...tail];
}

const ACTING: Acting = {
  by: { kind: 'person', id: 'U001DANA' as PersonId, name: 'dana' },
  roles: ['lead-developer' as RoleId],
};

/** What figures are made of beside the journal. */
export const PROCEDURES: Omit<StatisticsParts, 'store'> = {
  log: silent,
  catalog: {
    procedures: () => Array.from({ length: 12 }, (_, index) => ({ id: `procedure-${index}`, procedure: { estimate: '2m-3m' } })) as never,
  },
  triggers: { list: async () => await Promise.resolve([]) },
};

/** Everything that the home tab of somebody is drawn from. */
export function homeDesk(
  store: Store,
  statistics: Statistics,
): { readonly parts: Parameters<typeof drawHome>[0]; readonly acting: Acting } {
  const lists = Array.from({ length: 30 }, () => new Afterwards().list);
  return {
    acting: ACTING,
    parts: {
      store,
      statistics,
      pages: { list: async () => await Promise.resolve([]) } as never,
      drills: { list: async () => await Promise.resolve([]) } as never,
      followUps: { list: async () => await Promise.resolve(lists) } as never,
      clock: { now: () => Date.UTC(2026, 10, 24) as Instant } as never,
    },
  };
}
