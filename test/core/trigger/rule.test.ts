import { expect, test } from 'vitest';
import { rulesOf, streamOf } from '../../../src/core/trigger/rule.ts';
import { Triggers } from '../../../src/core/trigger/schema.ts';

test('a rule is watched on each target that it names, on all where it names none, and each has a stream', () => {
  const rule = { title: 'No answer', when: { kind: 'outage', metric: 'outage' }, procedure: 'emergency', mode: 'propose' };
  const triggers = Triggers.parse({ everywhere: rule, somewhere: { ...rule, targets: ['production'] } });
  const rules = rulesOf({ triggers, targets: { staging: {}, production: {} } });
  expect(rules.map(streamOf)).toEqual(['trigger/staging/everywhere', 'trigger/production/everywhere', 'trigger/production/somewhere']);
  expect(rulesOf({ targets: { staging: {} } })).toEqual([]);
});
