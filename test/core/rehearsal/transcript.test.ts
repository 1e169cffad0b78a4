import { expect, test } from 'vitest';
import { difference } from '../../../src/core/rehearsal/difference.ts';
import { play } from '../../../src/core/rehearsal/play.ts';
import { scriptOf } from '../../../src/core/rehearsal/script.ts';
import { shorten, transcript } from '../../../src/core/rehearsal/transcript.ts';
import { reads, step } from '../incident/plans.ts';
import { castingOf, PLAN } from './scene.ts';

test('lines that both have stand between those that only one has', () => {
  expect(difference(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual(['  a', '- b', '+ x', '  c', '+ d']);
  expect(difference(['a', 'b'], ['a', 'b'])).toEqual([]);
  expect(difference([], ['a'])).toEqual(['+ a']);
});

test('a run reads like a conversation, with each attempt as the script has it', () => {
  const script = scriptOf(
    { outcomes: { flush: ['expired', 'unknown', 'ok'] } },
    { outcomes: { deploy: { unknown: 'did-not-happen' } }, decisions: { flush: ['retry', 'run-again'] } },
  );
  const lines = transcript(play(castingOf(), script));
  expect(lines.slice(0, 14)).toEqual([
    'ready',
    'pause',
    'ask devops-engineer or lead-developer: flush',
    'flush: expired',
    'decide lead-developer or devops-engineer: flush',
    'flush: retry',
    'ask devops-engineer or lead-developer: flush',
    'flush: unknown',
    'decide lead-developer or devops-engineer: flush',
    'flush: run-again',
    'ask devops-engineer or lead-developer: flush',
    'flush',
    'deploy: unknown',
    'deploy: run-again',
  ]);
});

test('a run that nobody decides about stays where it is', () => {
  const { run } = play(castingOf(), scriptOf({}, { outcomes: { flush: 'unknown' } }));
  expect(run.steps.map(({ state }) => state.status)).toEqual(['finished', 'finished', 'unknown', 'pending', 'pending']);
});

test('a decision that is not offered is a slip', () => {
  const { slips } = play(castingOf(), scriptOf({}, { outcomes: { deploy: 'failed' }, decisions: { deploy: 'happened' } }));
  expect(slips).toEqual(['"happened" is not offered at deploy; offered: retry, undo, stop']);
});

test('preflight stands for its items only where all of them went well, one after the other', () => {
  const words = ['preflight', 'verify'];
  expect(shorten(['ready', 'pause', 'health'], PLAN, words)).toEqual(['preflight', 'pause', 'verify']);
  expect(shorten(['ready: failed'], PLAN, words)).toEqual(['ready: failed']);
  expect(shorten(['ready', 'pause'], PLAN, [])).toEqual(['ready', 'pause']);
});

test('several people approve, of different roles where that is asked, and who started the run is none of them', () => {
  const approve = { by: ['devops-engineer', 'lead-developer', 'database-admin'], need: 3, differentRoles: true };
  const played = play(castingOf([step('restore', { approve }), reads('health', 'verify', ['restore'])]), scriptOf({}, {}));
  expect(played.slips).toEqual([]);
  expect(played.run.progress).toMatchObject({ outcome: 'verified' });
  expect(transcript(played)[0]).toBe('ask 3 of devops-engineer, lead-developer or database-admin, different roles: restore');
  const people = played.events.flatMap((event) => (event.type === 'approval-given' ? [event.by.name] : []));
  expect(people).toEqual(['devops-engineer', 'lead-developer 2', 'database-admin']);
});
