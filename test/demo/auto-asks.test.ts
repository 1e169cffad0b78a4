import { expect, test } from 'vitest';
import { answerTo } from '../../src/demo/auto/asks.ts';
import type { View } from '../../src/demo/auto/asks.ts';

const SEEN: View = { healthy: true, sabotage: null, retried: false, practised: false, called: ['omar', 'dana'], approved: [] };

test.each<[string, readonly string[], Partial<View>, string | null]>([
  ['somebody else than dana approves, as she has started it', ['Approve', 'Deny'], { called: ['dana', 'omar'] }, 'omar: Approve'],
  ['a second approval comes from a second person', ['Approve', 'Deny'], { called: ['omar', 'mina'], approved: ['omar'] }, 'mina: Approve'],
  ['nobody approves twice', ['Approve', 'Deny'], { approved: ['omar'] }, null],
  ['dana answers where she is called', ['Yes', 'No'], {}, 'dana: Yes'],
  ['whoever is called answers', ['Yes', 'No'], { called: ['mina'] }, 'mina: Yes'],
  ['nobody says yes to a shop that is not well', ['Yes', 'No'], { healthy: false }, 'dana: No'],
  ['a run that can not go on is undone', ['Retry', 'Undo', 'Stop'], {}, 'dana: Undo'],
  ['what failed in a drill on purpose is tried again', ['Retry', 'Undo', 'Stop'], { practised: true }, 'dana: Retry'],
  ['and given up where it fails again', ['Retry', 'Undo', 'Stop'], { practised: true, retried: true }, 'dana: Undo'],
  ['what has happened already is tried again', ['Retry', 'Undo'], { sabotage: 'deployed-but-exit-1' }, 'omar: Retry'],
])('in the demo, %s', (_, buttons, seen, wanted) => {
  const answer = answerTo({ buttons }, { ...SEEN, ...seen });
  expect(answer && `${answer.who}: ${answer.label}`).toBe(wanted);
});
