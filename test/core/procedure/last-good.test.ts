import { describe, expect, test } from 'vitest';
import type { ComponentCommand } from '../../../src/core/component/command.ts';
import type { ComponentState } from '../../../src/core/component/state.ts';
import { lastGoodsOf, resolveParams } from '../../../src/core/procedure/order.ts';
import { DANA, play } from '../component/scenes.ts';
import { CACHE, SETTINGS } from './example.ts';

const STAGING = { name: 'staging', target: SETTINGS.targets['staging']! };
const GOOD = { kind: 'call-good', reason: null, ...DANA } as const;

describe('last-good', () => {
  test('is the newest version that was verified and does not run, and says who verified it', () => {
    const state = after(ran('v1.5.0'), { ...GOOD, version: 'v1.5.0' }, ran('v1.6.0'));
    expect(resolved(state)).toMatchObject({
      params: { ref: 'v1.5.0' },
      why: { ref: 'verified on 1970-01-01 00:16 UTC by dana' },
    });
  });

  test('is the one of rollbot.yml where none is verified', () => {
    expect(resolved(after(ran('v1.6.0')))).toMatchObject({ params: { ref: 'v1.4.2' }, why: { ref: 'set by hand in rollbot.yml' } });
  });

  test.each<[string, ComponentState, string]>([
    ['that runs now', after(ran('v1.4.2')), 'is v1.4.2, and that is what runs on staging now'],
    [
      'that somebody doubts',
      after(ran('v1.4.2'), { ...GOOD, kind: 'call-bad', version: 'v1.4.2' }, ran('v1.6.0')),
      'but somebody doubts it',
    ],
  ])('is never a version of rollbot.yml %s, and the refusal says how to name another', (_, state, says) => {
    const answer = resolved(state);
    expect(answer).toMatchObject({ mistakes: [{ part: 'params', name: 'ref', says: expect.stringContaining(says) }] });
    expect(answer).toMatchObject({ mistakes: [{ says: expect.stringContaining('Name one with ref=<commit>') }] });
  });

  test('is looked for only where nobody has named a version', () => {
    expect(lastGoodsOf(CACHE, {})).toEqual(['worker:api']);
    expect(lastGoodsOf(CACHE, { ref: 'last-good' })).toEqual(['worker:api']);
    expect(lastGoodsOf(CACHE, { ref: 'v1.4.2' })).toEqual([]);
  });
});

function resolved(state: ComponentState) {
  return resolveParams(CACHE, STAGING, {}, () => state);
}

function ran(version: string): ComponentCommand {
  return { kind: 'note-deployed', version };
}

function after(...commands: readonly ComponentCommand[]): ComponentState {
  return play(commands.map((command) => ({ afterMs: 1, does: () => command }))).at(-1)!.after;
}
