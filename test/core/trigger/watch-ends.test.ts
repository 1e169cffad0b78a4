import { describe, expect, test } from 'vitest';
import { DANA, GUEST, reported, Stage, trusted } from './scenes.ts';

const GOOD = Array.from({ length: 8 }, () => 0.01);

describe('somebody wants to see it', () => {
  test('although all is well: for a while, with its figures, and then it is over and nothing was wrong', () => {
    const stage = new Stage(trusted('auto'));
    stage.read(...GOOD);
    expect(stage.want(GUEST)).toBe('not-in-role');
    expect(stage.want()).toEqual(['watch-began', 'watch-judged']);
    expect(stage.want()).toBe('watched-already');
    expect(stage.state).toMatchObject({ watch: { wanted: DANA.by, judgement: { verdict: 'clear' } } });
    const told = stage.read(...Array.from({ length: 119 }, () => 0.01));
    expect(new Set(told)).toEqual(new Set(['watch-read']));
    expect(stage.read(...GOOD)).toContain('watch-ended');
    expect(stage.state).toMatchObject({ status: 'quiet', last: { how: 'nothing-wrong', score: null } });
  });

  test('when it breaks, it is a watch like any other', () => {
    const stage = new Stage(trusted('propose'));
    stage.want();
    expect(stage.breakIt()).toContain('proposed');
    expect(stage.read(...GOOD, ...GOOD)).toContain('watch-ended');
    expect(stage.state).toMatchObject({ last: { how: 'recovered', score: 'ignored' } });
  });

  test('what is only reported can not be watched', () => {
    expect(new Stage(reported()).want()).toBe('only-reported');
  });
});

describe('the rule of a watch is gone', () => {
  test.each(['rule-gone', 'metric-gone'] as const)('it ends, and counts as nothing: %s', (why) => {
    const stage = new Stage(trusted('propose'));
    expect(stage.tell({ kind: 'note-gone', why })).toBe('no-watch');
    stage.breakIt();
    expect(stage.tell({ kind: 'note-gone', why })).toEqual(['watch-ended']);
    expect(stage.state).toMatchObject({ status: 'quiet', last: { how: why, score: null } });
  });
});

test('the last watches are known without their readings, so that their messages can be brought to an end', () => {
  const stage = new Stage(trusted('propose'));
  for (let index = 0; index < 7; index += 1) {
    stage.breakIt();
    stage.read(...GOOD, ...GOOD);
  }
  const { state } = stage;
  if (state.status === 'none') throw new Error('Nothing has happened.');
  const ids = [state.last!, ...state.earlier].map(({ watch }) => watch.id);
  expect([state.earlier.length, new Set(ids).size]).toEqual([4, 5]);
  expect(state.earlier.map(({ watch: { readings, judgement } }) => [readings, judgement?.readings])).toEqual(
    Array.from({ length: 4 }, () => [{}, []]),
  );
});
