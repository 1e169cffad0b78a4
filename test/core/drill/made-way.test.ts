import { expect, test } from 'vitest';
import type { RunId } from '../../../src/core/brand.ts';
import { sayMadeWay } from '../../../src/core/drill/made-way.ts';
import type { Command } from '../../../src/core/incident/command.ts';
import { sayEvent } from '../../../src/core/report/timeline.ts';
import { person } from '../incident/cast.ts';
import { drill, silenced } from '../incident/drills.ts';
import { close, NO, one, RETRY, stopped, YES } from '../incident/scenes.ts';
import { approve, begin, conclude, end, lose, RUN } from '../incident/stage.ts';
import type { Stage } from '../incident/stage.ts';

const MAKE_WAY: Command = { kind: 'make-way', run: RUN, by: person('omar'), wanted: { procedure: 'prices', target: 'production' } };
const makesWay = (stage: Stage): readonly string[] => stage.accept(MAKE_WAY).map(({ type }) => type);

/** A drill whose one step acts at this moment: the trouble is over, and its second attempt was approved. */
function atWork(): Stage {
  const { stage, token } = silenced();
  stage.accept(stage.click('mina', token, YES));
  begin(stage, 'flush');
  conclude(stage);
  stage.accept(stage.click('omar', stage.heldToken(), RETRY));
  stage.wait(1000);
  approve(stage, 'flush', 'omar');
  begin(stage, 'flush');
  return stage;
}

test.each([
  ['that has just begun', () => drill()],
  ['that waits for an approval', () => silenced().stage],
  [
    'that waits for a decision',
    () => {
      const { stage, token } = silenced();
      stage.accept(stage.click('mina', token, YES));
      begin(stage, 'flush');
      conclude(stage);
      return stage;
    },
  ],
])('a drill %s ends at once for what is in earnest', (_, scene) => {
  const stage = scene();
  expect(makesWay(stage)).toEqual(['run-made-way', 'run-finished']);
  expect(stage.run()).toMatchObject({
    progress: { status: 'finished', outcome: 'stopped' },
    madeWay: { by: { name: 'omar' }, wanted: { procedure: 'prices' } },
  });
  expect(stage.events.map((event) => sayEvent(event, stage.state()))).toContain(
    'The drill made way: omar started prices on production in earnest',
  );
  expect(makesWay(stage)).toEqual([]);
});

test('a step at work is let end, nothing begins after it, and only then the drill is over', () => {
  const stage = atWork();
  expect(makesWay(stage)).toEqual(['run-made-way']);
  expect(stage.run().progress).toMatchObject({ status: 'stopping', gently: true });
  expect(makesWay(stage)).toEqual([]);
  expect(stage.owed()).toEqual([]);
  end(stage, 'flush');
  expect(stage.owed()).toEqual([{ do: 'hold-or-finish', run: RUN }]);
  conclude(stage);
  expect(stage.run().progress).toMatchObject({ status: 'finished', outcome: 'stopped' });
  expect(stage.step('health').state.status).toBe('pending');
});

test('what nobody knows of keeps what the drill holds, until somebody has said what became of it', () => {
  const stage = atWork();
  lose(stage, 'flush');
  expect(makesWay(stage)).toEqual(['run-made-way']);
  stage.accept(stage.click('omar', stage.tokenOf('flush'), { kind: 'settle', as: 'happened' }));
  expect(stage.owed()).toEqual([{ do: 'hold-or-finish', run: RUN }]);
});

test('somebody may stop at once what was to end by itself', () => {
  const stage = atWork();
  makesWay(stage);
  stopped(stage);
  expect(stage.run().progress).toMatchObject({ status: 'stopping' });
  expect(stage.run().progress).not.toHaveProperty('gently');
});

test('a click on what the drill had asked comes too late', () => {
  const { stage, token } = silenced();
  makesWay(stage);
  expect(stage.refused(stage.click('mina', token, NO))).toBe('run-finished');
});

test('a drill that is over, and closed by now, keeps nobody from starting', () => {
  const stage = drill();
  makesWay(stage);
  stage.accept(close('omar', 'it made way'));
  expect(makesWay(stage)).toEqual([]);
});

test('nothing in earnest ever makes way', () => {
  expect(one().refused(MAKE_WAY)).toBe('claim-held');
});

test('whoever started it hears which drills ended for it', () => {
  expect(sayMadeWay()).toBe('');
  expect(sayMadeWay(['r1' as RunId])).toBe(' A drill (run r1) made way for it.');
  expect(sayMadeWay(['r1' as RunId, 'r2' as RunId])).toBe(' Drills (runs r1, r2) made way for it.');
});
