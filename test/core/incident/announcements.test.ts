import { describe, expect, test } from 'vitest';
import { announcementsOf, systemStatusOf } from '../../../src/core/incident/announcements.ts';
import type { Instant } from '../../../src/core/brand.ts';
import type { StepOutcome } from '../../../src/core/incident/event.ts';
import type { Run } from '../../../src/core/incident/state.ts';
import type { SystemStatus } from '../../../src/core/procedure/action.ts';
import { announcement, beginning, clearCache, started, told } from '../../slack/story.ts';
import type { Told } from '../../slack/story.ts';

type Said = { readonly text?: string; readonly status?: SystemStatus; readonly outcome?: StepOutcome | 'running' };

/** The runs of an incident in which this was announced, in this order. */
function runsWith(...all: readonly Said[]): readonly Run[] {
  const parts = all.map(({ outcome = 'ok', ...said }, index) => announcement(`say-${index}`, said, outcome));
  const procedure = { ...started.procedure, steps: [...started.procedure.steps, ...parts.map(({ plan }) => plan)] };
  const story: Told = told(...beginning.slice(0, 2), { ...started, procedure }, ...parts.flatMap(({ facts }) => facts));
  return story.incident.runs;
}
const texts = (runs: readonly Run[]): readonly string[] => announcementsOf(runs).map(({ text }) => text);

describe('an announcement', () => {
  test('is made when its step is finished, with its references filled in', () => {
    const [only] = announcementsOf(runsWith({ text: 'Clear ${params.clear} in ${run.id}.', status: 'degraded' }));
    expect(only).toMatchObject({ text: 'Clear prefix in r4t8wz.', status: 'degraded', to: ['incident'] });
  });

  test.each(['running', 'failed', 'already-done'] as const)('is not made where its step is %s', (outcome) => {
    expect(texts(runsWith({ text: 'a', outcome }, { text: 'b' }))).toEqual(['b']);
  });

  test('never shows a secret, whatever stands in its text', () => {
    expect(texts(runsWith({ text: 'It is ${secrets.redis_url}.' }))).toEqual(['It is ${secrets.redis_url}.']);
  });

  test('is no other step', () => {
    expect(announcementsOf(told(...beginning).incident.runs)).toEqual([]);
    expect(clearCache.probe.action.kind).not.toBe('announce');
  });
});

describe('the status of the system', () => {
  test('is what was announced last', () => {
    expect(systemStatusOf(runsWith({ status: 'outage' }, { status: 'degraded' }))?.status).toBe('degraded');
  });

  test('is not changed by an announcement that says nothing of it, nor by one that was not made', () => {
    expect(systemStatusOf(runsWith({ status: 'outage' }, {}, { status: 'operational', outcome: 'failed' }))?.status).toBe('outage');
  });

  test.each([
    ['verified', null],
    ['nothing-to-do', null],
    ['undone', null],
    ['stopped', 'r4t8wz'],
    ['failed', 'r4t8wz'],
    ['denied', 'r4t8wz'],
    ['expired', 'r4t8wz'],
    ['undo-failed', 'r4t8wz'],
  ] as const)('is left to people where the run that announced it ended half-way: %s', (outcome, leftBy) => {
    const [run] = runsWith({ status: 'degraded' });
    expect(systemStatusOf([run!])?.leftBy).toBeNull();
    const ended: Run = { ...run!, progress: { status: 'finished', outcome, at: 0 as Instant } };
    expect(systemStatusOf([ended])?.leftBy?.id ?? null).toBe(leftBy);
  });

  test('is not left to people any more where a later run has said it', () => {
    const [early, late] = [runsWith({ status: 'degraded' }), runsWith({}, { status: 'operational' })];
    const stopped = early.map((run): Run => ({ ...run, progress: { status: 'finished', outcome: 'stopped', at: 0 as Instant } }));
    expect(systemStatusOf(stopped)?.leftBy).not.toBeNull();
    expect(systemStatusOf([...stopped, ...late])?.leftBy).toBeNull();
  });

  test('is not known where nobody has said', () => {
    expect(systemStatusOf(runsWith({}))).toBeNull();
    expect(systemStatusOf([])).toBeNull();
  });

  test('is the newest of all runs, whatever order they stand in', () => {
    const early = runsWith({ status: 'outage' });
    const late = runsWith({}, {}, { status: 'operational' });
    for (const runs of [
      [...early, ...late],
      [...late, ...early],
    ]) {
      const system = systemStatusOf(runs);
      expect(system?.status).toBe('operational');
      expect(system?.at).toBeGreaterThan(announcementsOf(early)[0]?.at ?? 0);
    }
  });
});
