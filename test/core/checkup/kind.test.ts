import { expect, test } from 'vitest';
import type { Instant } from '../../../src/core/brand.ts';
import { CHECKUP } from '../../../src/core/checkup/kind.ts';
import type { CheckupState } from '../../../src/core/checkup/state.ts';
import type { DoctorFinding } from '../../../src/core/doctor/finding.ts';

const full: DoctorFinding = { check: 'disk', level: 'failure', says: 'data has 0.1 GiB free of 9.0 GiB.', advice: 'Make room.' };
const filling: DoctorFinding = { ...full, level: 'warning', says: 'data has 1.0 GiB free of 9.0 GiB.' };
const fine: DoctorFinding = { check: 'slack', level: 'ok', says: 'Slack knows the bot.', advice: null };

function looks(...all: readonly (readonly DoctorFinding[])[]): readonly CheckupState[] {
  const states: CheckupState[] = [CHECKUP.initial];
  for (const [index, findings] of all.entries()) {
    const before = states.at(-1) ?? CHECKUP.initial;
    const at = (index + 1) as Instant;
    const facts = CHECKUP.decide(before, { kind: 'note-findings', findings }, at);
    if ('refusal' in facts) throw new Error(facts.says);
    states.push(facts.reduce((state, fact) => CHECKUP.evolve(state, { ...fact, at }), before));
  }
  return states.slice(1);
}

const told = (states: readonly CheckupState[]) => states.map((state) => (state.status === 'none' ? null : (state.news?.number ?? null)));

test.each([
  ['all is well', [[fine], [fine]], [null, null]],
  ['something is bad, and stays so', [[full], [full], [full]], [1, 1, 1]],
  ['something gets worse', [[fine], [filling], [full]], [null, 1, 2]],
  ['something gets better', [[full], [filling], [fine]], [1, 1, 1]],
  ['something comes back', [[full], [fine], [full]], [1, 1, 2]],
] as const)('%s', (_, all, news) => expect(told(looks(...all))).toEqual(news));

test('what is well is only counted', () => {
  expect(looks([fine, full])[0]).toMatchObject({ bad: [full], well: 1, news: { worse: [full], more: 0 } });
});

test('however much there is, only so much is kept and told', () => {
  const many = Array.from({ length: 300 }, (_, index): DoctorFinding => ({
    ...full,
    check: `check ${String.fromCodePoint(0x4e00 + index)}`,
  }));
  const [state] = looks(many);
  expect(state).toMatchObject({ news: { more: 290 } });
  expect(state?.status === 'known' && [state.bad.length, state.news?.worse.length]).toEqual([100, 10]);
});
