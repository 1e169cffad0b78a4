import { describe, expect, test } from 'vitest';
import type { StepId } from '../../../src/core/brand.ts';
import { choicesFor } from '../../../src/core/incident/decide-person.ts';
import { acting, role } from './cast.ts';
import { reads, step, undoing } from './plans.ts';
import { begin, conclude, createStage, end, FAILED, lose, perform, RUN } from './stage.ts';
import type { Ending, Stage } from './stage.ts';

const FOUND: Ending = { status: 'already-done', says: 'nothing differs', outputs: {} };

function started(...steps: Parameters<Stage['start']>[0]): Stage {
  const stage = createStage();
  stage.open();
  stage.start(steps);
  return stage;
}

describe('a step that finds by itself that there is nothing to do', () => {
  const git = { kind: 'git-restore', repo: '/srv/repo', paths: ['src/'], at: 'v1', onto: 'v2', message: 'Back' } as const;
  const restore = step('restore', { effect: 'guarded', undo: undoing('restore'), probe: { action: git } });
  const health = reads('health', 'verify', ['restore']);

  test('has changed nothing, so the run had nothing to do', () => {
    const stage = started(restore, health);
    begin(stage, 'restore');
    end(stage, 'restore', FOUND);
    perform(stage, 'health');
    conclude(stage);
    expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'nothing-to-do' });
  });

  test('is not undone', () => {
    const stage = started(restore, health);
    begin(stage, 'restore');
    end(stage, 'restore', FOUND);
    begin(stage, 'health');
    end(stage, 'health', FAILED);
    conclude(stage);
    expect(choicesFor(stage.run())).toEqual(['retry', 'stop']);
  });

  test('runs again by itself when its result was lost, a few times, and after that people are asked', () => {
    const stage = started(restore, health);
    for (const attempt of [1, 2]) {
      begin(stage, 'restore');
      lose(stage, 'restore');
      expect(stage.step('restore')).toMatchObject({ attempt: attempt + 1, state: { status: 'pending' } });
    }
    begin(stage, 'restore');
    lose(stage, 'restore');
    expect(stage.step('restore').state.status).toBe('unknown');
  });

  test('may have found the work of an earlier attempt, which can be undone', () => {
    const stage = started(restore, health);
    begin(stage, 'restore');
    lose(stage, 'restore');
    begin(stage, 'restore');
    end(stage, 'restore', FOUND);
    begin(stage, 'health');
    end(stage, 'health', FAILED);
    conclude(stage);
    expect(choicesFor(stage.run())).toContain('undo');
  });
});

test('what gets lost each time is for people to look at, however often its check says that it did not happen', () => {
  const check = { action: { kind: 'run', argv: ['is-it-there'], exit: [0] } } as const;
  const stage = started(step('deploy', { effect: 'guarded', check }));
  for (const attempt of [1, 2, 3]) {
    const at = { run: RUN, step: 'deploy' as StepId, attempt };
    stage.accept({ kind: 'note-check', ...at, done: false, says: 'not there', outputs: {} });
    begin(stage, 'deploy');
    lose(stage, 'deploy');
    expect(stage.owed()).toMatchObject([{ do: 'check', when: 'after-crash' }]);
    stage.accept({ kind: 'settle-by-check', ...at, as: 'run-again', says: 'not there' });
  }
  expect(stage.step('deploy')).toMatchObject({ attempt: 3, state: { status: 'unknown', checked: true } });
  expect(stage.owed()).toEqual([]);
});

test('an undo that a person does is asked of their role, and is over when they say so', () => {
  const action = { kind: 'manual', instructions: 'Switch the sign back', by: 'devops-engineer' } as const;
  const undo = { kind: 'action', title: 'Switch back', action, effect: 'destructive', timeoutMs: 60_000 } as const;
  const stage = started(step('switch', { undo }), reads('health', 'verify', ['switch']));
  perform(stage, 'switch');
  begin(stage, 'health');
  end(stage, 'health', FAILED);
  conclude(stage);
  stage.accept(stage.click('omar', stage.heldToken(), { kind: 'continue', choice: 'undo' }));
  expect(stage.owed()).toEqual([{ do: 'ask', run: RUN, step: 'undo.switch' }]);
  const token = stage.newToken();
  stage.accept({ kind: 'ask', run: RUN, step: 'undo.switch' as StepId, token });
  expect(stage.step('undo.switch').state).toMatchObject({ status: 'asking', role: role('devops-engineer') });
  stage.accept({ kind: 'answer', token, answer: 'yes', note: null, ...acting('omar') });
  conclude(stage);
  expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'undone' });
});

test('what a step has to observe is filled in before it begins, so that a value that is missing leaves no intent', () => {
  const { probe, ...health } = reads('health', 'verify');
  const stage = started({ ...health, probe: { ...probe, expect: { equals: '${steps.restore.commit}' } } });
  begin(stage, 'health');
  expect(stage.step('health').state).toMatchObject({
    status: 'finished',
    result: { outcome: 'failed', says: expect.stringContaining('commit') },
  });
  expect(stage.events.some(({ type }) => type === 'step-intended')).toBe(false);
});
