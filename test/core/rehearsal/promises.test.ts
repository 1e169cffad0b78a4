import { expect, test } from 'vitest';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import { generatedFor } from '../../../src/core/rehearsal/generated.ts';
import { play } from '../../../src/core/rehearsal/play.ts';
import type { Played } from '../../../src/core/rehearsal/play.ts';
import { brokenPromises } from '../../../src/core/rehearsal/promises.ts';
import { RUN } from '../../../src/core/rehearsal/stage.ts';
import { runOf } from '../../../src/core/incident/state.ts';
import { castingOf, PLAN } from './scene.ts';

const generated = generatedFor(PLAN);
const playOne = (group: string, about: string | null = null): Played => {
  const found = generated.find((each) => each.group === group && each.about === about);
  if (!found) throw new Error(`nothing is generated for ${group}: ${about}`);
  return play(castingOf(), found.script);
};
const well = playOne('all goes well');
const undone = playOne('a verification fails, undo', 'health');
const lost = playOne('a result is lost, people have it run again', 'flush');

type Tamper = (events: readonly IncidentEvent[]) => readonly IncidentEvent[];
const without =
  (type: IncidentEvent['type'], step?: string): Tamper =>
  (events) =>
    events.filter((event) => event.type !== type || (step !== undefined && 'step' in event && event.step !== step));
const twice =
  (type: IncidentEvent['type'], step: string): Tamper =>
  (events) =>
    events.flatMap((event) => (event.type === type && 'step' in event && event.step === step ? [event, event] : [event]));
const first =
  (type: IncidentEvent['type'], step: string, to: number): Tamper =>
  (events) => {
    const moved = events.find((event) => event.type === type && 'step' in event && event.step === step)!;
    return events.filter((event) => event !== moved).toSpliced(to, 0, moved);
  };
const changed =
  (type: IncidentEvent['type'], change: object): Tamper =>
  (events) =>
    events.map((event) => (event.type === type ? { ...event, ...change } : event));

/** A run whose events were made otherwise than the rules make them. */
function tampered(played: Played, tamper: Tamper): Played {
  const events = tamper(played.events);
  const state = events.reduce(evolve, INITIAL);
  return { ...played, events, run: runOf(state, RUN) ?? played.run };
}

test.each([...new Set(generated)])('the rules keep every promise where $group: $about', ({ script, ends }) => {
  const played = play(castingOf(), script);
  expect(brokenPromises(played)).toEqual([]);
  expect(played.run.progress).toMatchObject({ status: 'finished', outcome: ends(played) });
});

test.each<[what: string, played: Played, tamper: Tamper, says: string]>([
  ['a step is done without an intent', well, without('step-intended', 'deploy'), 'deploy was done without an intent'],
  ['a step begins twice', well, twice('step-intended', 'deploy'), 'deploy began twice at once'],
  ['a step begins before the checks', well, first('step-intended', 'pause', 2), 'pause began before ready was over'],
  ['nobody has approved', well, without('approval-given'), 'flush began with 0 of 1 approvals'],
  ['something else was approved', well, changed('approval-given', { digest: 'other' }), 'flush began with 0 of 1 approvals'],
  ['somebody else approved', well, changed('approval-given', { roles: ['product-owner'] }), 'flush began with 0 of 1 approvals'],
  ['who asked approved', well, changed('approval-given', { by: well.run.startedBy }), 'flush was approved by who started the run'],
  ['a lost step is repeated unasked', lost, without('step-settled'), 'flush is destructive and ran again without anybody having said so'],
  [
    'a step fails and the run goes on',
    well,
    changed('step-checked', { type: 'step-finished', outcome: 'failed' }),
    'deploy began although deploy went wrong and nobody had decided',
  ],
  ['a run is verified with a check left out', well, without('step-finished', 'health'), 'the run is verified, and health is not over'],
  [
    'a run with nothing to do has done something',
    well,
    changed('run-finished', { outcome: 'nothing-to-do' }),
    'the run says that there was nothing to do, and pause was done',
  ],
  [
    'a run ends by itself after something was touched',
    well,
    changed('run-finished', { outcome: 'denied' }),
    'the run ended denied by itself after something had been touched',
  ],
  [
    'undoing goes forwards',
    undone,
    (events) => first('step-finished', 'undo.deploy', events.length)(events),
    'undone was undo.pause, undo.deploy, expected undo.deploy, undo.pause',
  ],
  ['something happens after the end', well, (events) => [...events, events.at(-2)!], 'step-finished after the end of the run'],
])('it is noticed when %s', (_what, played, tamper, says) => {
  expect(brokenPromises(tampered(played, tamper))).toContain(says);
});

test('it is noticed when claims are kept, or lost too early', () => {
  expect(brokenPromises({ ...well, claims: ['production/worker:api'] })).toEqual(['production/worker:api is still claimed after the end']);
  const held = { ...well, run: { ...well.run, progress: { status: 'running' } as const } };
  expect(brokenPromises(held)).toEqual(['0 of 1 claims are held while the run goes on']);
});

test('it is noticed when a destructive step of a protected target needs no approval, or a step says nothing about its undo', () => {
  const bare = PLAN.map(({ approve: _approve, undo, ...item }) => ({ ...item, ...(item.id !== 'pause' && undo && { undo }) }));
  expect(brokenPromises(play(castingOf(bare), generated[0]!.script))).toEqual([
    'flush is destructive and began without an approval, and production is protected',
    'pause has no undo and does not say why',
  ]);
});
