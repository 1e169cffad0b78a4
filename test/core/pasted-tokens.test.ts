import { expect, test } from 'vitest';
import { bounded } from '../../src/core/alert/alert.ts';
import type { Alert } from '../../src/core/alert/alert.ts';
import { decide as decideComponent } from '../../src/core/component/decide.ts';
import { decide as decideTrigger } from '../../src/core/trigger/decide.ts';
import { DANA as CALLS, play, reading } from './component/scenes.ts';
import { Afterwards, DAY, OVER } from './followup/scenes.ts';
import { ALLOWED, DANA, Timetable } from './drill/stage.ts';
import { ANSWER, questioned } from './incident/scenes.ts';
import { DANA as OBJECTS, Stage, T1, trusted } from './trigger/scenes.ts';

const TOKEN = `xoxb-${'1234567890'.repeat(3)}-abcdefghij`;
/** Somebody has pasted what was in their clipboard, and all of a log behind it. */
const PASTED = `it fails with ${TOKEN} ${'and so on '.repeat(1000)}`;

/** Whatever people may say in their own words, and what is kept of it. */
const SAID: Readonly<Record<string, () => unknown>> = {
  'an answer to a question': () => {
    const { stage, token } = questioned();
    return stage.accept(stage.click('omar', token, { ...ANSWER, note: PASTED }));
  },
  'why a version is bad': () => decideComponent(deployed(), { kind: 'call-bad', version: 'v1', reason: PASTED, ...CALLS }, OVER),
  'why nobody may deploy': () => decideComponent(deployed(), { kind: 'hold', reason: PASTED, ...CALLS }, OVER),
  'why a drill is skipped': () => {
    const timetable = new Timetable();
    timetable.keep();
    timetable.tell({ kind: 'skip', token: null, allowed: ALLOWED, reason: PASTED, ...DANA });
    return timetable.facts.filter(({ type }) => type === 'drill-skipped');
  },
  'why a follow-up takes longer': () => new Afterwards().later('dana', OVER + 4 * DAY, PASTED),
  'why a countdown is stopped': () => {
    const stage = new Stage(trusted('countdown'));
    stage.countdown();
    return decideTrigger(stage.state, { kind: 'veto', token: T1, reason: PASTED, ...OBJECTS }, stage.now);
  },
  'why a watch is called off': () => {
    const stage = new Stage(trusted('auto'));
    stage.breakIt();
    return decideTrigger(stage.state, { kind: 'call-off', reason: PASTED, ...OBJECTS }, stage.now);
  },
};

function deployed(): ReturnType<typeof play>[number]['after'] {
  const [seen] = play([{ afterMs: 0, does: () => reading('v1', 'healthy') }]);
  if (!seen) throw new Error('Nothing was read.');
  return seen.after;
}

test.each(Object.entries(SAID))('%s is kept without tokens, and no longer than anybody reads', (_, say) => {
  const kept = JSON.stringify(say());
  expect(kept).toContain('it fails with');
  expect(kept).not.toContain(TOKEN);
  expect(kept.length).toBeLessThan(3000);
});

const ALERT: Alert = {
  key: 'k',
  status: 'firing',
  startsAt: OVER,
  endsAt: null,
  title: 'PaymentsFail',
  summary: null,
  labels: {},
  target: null,
  value: null,
  link: null,
};

test.each<[string, Partial<Alert>]>([
  ['its title', { title: `PaymentsFail with ${TOKEN}` }],
  ['its summary', { summary: 'no connection to postgres://shop:hunter2-hunter2@db.example/shop' }],
  ['a token at the place where its summary is cut', { summary: `${'x'.repeat(290)}${TOKEN}` }],
  ['a label', { labels: { error: `Authorization: Bearer ${TOKEN}` } }],
])('an alert is kept without what looks like a secret in %s', (_, change) => {
  const kept = JSON.stringify(bounded({ ...ALERT, ...change }));
  expect(kept).not.toMatch(/xoxb-|hunter2/);
  expect(kept).toContain('redacted');
});
