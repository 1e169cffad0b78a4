import { expect, test } from 'vitest';
import { isNews, notedInIncident } from '../../../src/core/followup/note.ts';
import { evolve, INITIAL } from '../../../src/core/incident/evolve.ts';
import type { IncidentEvent } from '../../../src/core/incident/event.ts';
import { renderReport, templateOf } from '../../../src/core/report/index.ts';
import { digest } from '../../slack/story.ts';
import { Afterwards, DAY, HOUR, OVER } from '../followup/scenes.ts';
import { MORNING, NIGHT } from './night.ts';

const GOLDEN = '../../golden/report';

/** Plays what people do afterwards, with what the incident is told after each of it. */
function weeksAfter(): readonly IncidentEvent[] {
  const list = new Afterwards();
  const told: IncidentEvent[] = [...MORNING, { type: 'report-written', file: 'r.md', digest, template: 2, at: OVER }];
  const tell = (from: number): void => {
    const changes = notedInIncident(list.state, list.facts.slice(from));
    for (const command of changes.flatMap(({ commands }) => commands))
      if (command.kind === 'note-follow-ups') told.push({ type: 'follow-ups-noted', items: command.items, at: list.now });
  };
  const after = (act: () => unknown): void => {
    const from = list.facts.length;
    act();
    tell(from);
  };
  tell(0);
  after(() => list.waits(2 * HOUR));
  after(() => list.who('dana', 'take'));
  after(() => list.later('dana', OVER + 9 * DAY, 'the *log* is at the vendor | still'));
  after(() => list.who('omar', 'finish', 'f2'));
  return told;
}

const WEEKS_AFTER = weeksAfter();
const owedAfter = (events: readonly IncidentEvent[]): boolean => {
  const state = events.reduce(evolve, INITIAL);
  return state.status === 'closed' && state.reportOwed;
};

test('the report says what became of each follow-up', async () => {
  const { markdown, json } = renderReport(WEEKS_AFTER);
  await expect(markdown.slice(markdown.indexOf('## Action Items'))).toMatchFileSnapshot(`${GOLDEN}/weeks-after.md`);
  const { followUps } = JSON.parse(json ?? '') as { followUps: unknown };
  await expect(`${JSON.stringify(followUps, null, 2)}\n`).toMatchFileSnapshot(`${GOLDEN}/weeks-after.json`);
});

test('it is told once a change, and never of a reminder or a button', () => {
  expect(WEEKS_AFTER.filter(({ type }) => type === 'follow-ups-noted')).toHaveLength(4);
});

test('it is owed again when one is new, done or moved, and not when somebody has only taken it', () => {
  const written = WEEKS_AFTER.findIndex(({ type, at }) => type === 'report-written' && at === OVER);
  const notes = WEEKS_AFTER.slice(written + 1);
  const before = (count: number): readonly IncidentEvent[] => [
    ...WEEKS_AFTER.slice(0, written),
    ...notes.slice(0, count),
    { type: 'report-written', file: 'r.md', digest, template: 2, at: OVER },
  ];
  expect(notes.map((note, index) => owedAfter([...before(index), note]))).toEqual([true, false, true, true]);
  expect(owedAfter(before(4))).toBe(false);
  expect(isNews([], [])).toBe(false);
});

test('a report by the first template stays as it was, until something is said of what is to be done', () => {
  const old: IncidentEvent = { type: 'report-written', file: 'r.md', digest, at: OVER };
  const note = WEEKS_AFTER.at(-1)!;
  expect(templateOf([...NIGHT, old])).toBe(1);
  expect(templateOf([...NIGHT, old, note])).toBe(3);
  expect(renderReport([...NIGHT, note], 1).markdown).toBe(renderReport(NIGHT, 1).markdown);
});
