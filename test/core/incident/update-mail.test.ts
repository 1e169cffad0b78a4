import { describe, expect, test } from 'vitest';
import type { MailStatus } from '../../../src/core/incident/record-event.ts';
import { sayEvent } from '../../../src/core/report/timeline.ts';
import { tells } from './record-scenes.ts';
import { createStage } from './stage.ts';
import type { Stage } from './stage.ts';

const INTENDS = { kind: 'intend-mail', number: 1, audience: 'business' } as const;

function opened(): Stage {
  const stage = createStage();
  stage.open();
  return stage;
}

function mailed(status: MailStatus) {
  return { kind: 'note-mail', number: 1, audience: 'business', status, says: 'busy' } as const;
}

const lines = (stage: Stage): readonly string[] => stage.events.map((event) => sayEvent(event, stage.state()) ?? '').slice(1);

describe('an update', () => {
  test('whose mail was intended by a process that has ended is unknown after two minutes, says so, and is sent again', () => {
    const stage = opened();
    stage.accept(tells('dana'));
    stage.accept(INTENDS);
    expect([stage.owed(), stage.refused(INTENDS)]).toEqual([[], 'not-due']);
    stage.wait(2 * 60_000);
    expect([stage.owed(), stage.refused(INTENDS)]).toEqual([[{ do: 'mail-update', number: 1, audience: 'business' }], 'not-due']);
    stage.accept(mailed('unknown'));
    expect(lines(stage).at(-1)).toMatch(/^Nobody knows whether update 1 went to business by mail: /);
    stage.wait(60_000);
    stage.accept(INTENDS);
    stage.accept(mailed('sent'));
    expect(stage.owed()).toEqual([]);
  });

  test('is mailed until it was taken, a little later each time, and not for ever', () => {
    const stage = opened();
    stage.accept(tells('dana'));
    const owed = { do: 'mail-update', number: 1, audience: 'business' };
    expect(stage.owed()).toEqual([owed]);
    expect(stage.refused({ ...INTENDS, audience: 'engineering' })).toBe('not-due');
    for (let attempt = 1; attempt < 5; attempt += 1) {
      stage.accept(INTENDS);
      stage.accept(mailed(attempt % 2 === 0 ? 'again' : 'unknown'));
      expect(stage.owed()).toEqual([]);
      stage.wait(attempt * 60_000 - 1);
      expect(stage.owed()).toEqual([]);
      stage.wait(1);
      expect(stage.owed()).toEqual([owed]);
    }
    stage.accept(INTENDS);
    stage.accept(mailed('again'));
    stage.wait(24 * 3_600_000);
    expect(stage.owed()).toEqual([]);
    const other = opened();
    other.accept(tells('dana'));
    expect(other.accept(mailed('sent'))).toEqual([]);
    other.accept(INTENDS);
    other.accept(mailed('sent'));
    expect(other.accept(mailed('again'))).toEqual([]);
    expect(other.refused(INTENDS)).toBe('not-due');
    expect([other.owed(), lines(other).at(-1)]).toEqual([[], 'Update 1 went to business by mail']);
  });
});
