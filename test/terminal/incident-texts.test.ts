import { expect, test } from 'vitest';
import type { Instant } from '../../src/core/brand.ts';
import type { Json } from '../../src/core/digest.ts';
import { ITEMS } from '../../src/core/drill/checklist.ts';
import type { PersonAct } from '../../src/core/incident/command.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import type { Settings } from '../../src/core/settings.ts';
import { createTerminalDesk } from '../../src/terminal/index.ts';
import type { Reply } from '../../src/terminal/index.ts';
import { Afterwards, OVER } from '../core/followup/scenes.ts';
import { errorRate, metricsBefore } from '../slack/metrics-sample.ts';
import { asked, beginning, BEGINS, dana, mina, omar, RUN, role, settings, STREAM, token, told } from '../slack/story.ts';
import type { Told } from '../slack/story.ts';

/** What people read in a terminal about an incident, as the desk says it. */

type Parts = Parameters<typeof createTerminalDesk>[0];

const SETTINGS: Settings = {
  ...settings,
  severities: { sev1: { title: 'Major incident' }, sev2: { title: 'Some people notice' } },
  'success-criteria': [{ title: 'No data corruption detected' }],
  updates: { business: { channels: ['C0BIZ'], mail: ['ops@shop.example'] } },
  terminal: { people: { dana: { slack: dana.id, name: 'dana' } } },
};

const led: readonly IncidentFact[] = [
  ...beginning,
  metricsBefore,
  {
    type: 'severity-set',
    severity: { id: 'sev1', title: 'Major incident', tell: [role('lead-developer')], updateEveryMs: 1_800_000 },
    by: { ...dana, via: 'terminal' },
    token: token('T-severity'),
  },
  { type: 'role-taken', role: 'commander', by: dana },
  { type: 'role-handed-over', role: 'scribe', to: mina, by: { ...dana, via: 'terminal' } },
  {
    type: 'note-added',
    text: 'The deploy of 13:40\nis red',
    saidAt: (BEGINS + 5000) as Instant,
    by: { ...omar, via: 'terminal' },
    message: null,
  },
  { type: 'root-cause-set', text: 'A deploy turned warming on\nfor everything.', by: dana },
  { type: 'action-item-added', title: 'Warm slowly', owner: null, by: dana },
  asked(),
];
const over: readonly IncidentFact[] = [
  ...led,
  { type: 'run-stop-requested', run: RUN, by: dana, reason: null },
  { type: 'run-finished', run: RUN, outcome: 'stopped' },
  { type: 'incident-closed', by: dana, reason: 'it was the network', left: ['cache (r4t8wz) ended stopped'] },
];

const after = new Afterwards();
after.who('dana', 'take');

/** A desk at which dana asks about this one incident. */
function askAt(story: Told, now = story.now, acts: PersonAct[] = []): (verb: string, params: Json) => Promise<Reply> {
  const parts = {
    operations: {
      note: async () => await Promise.resolve(),
      act: async (act: PersonAct) => {
        acts.push(act);
        return await Promise.resolve({ status: 'done', stream: STREAM });
      },
    },
    store: {
      load: async () => await Promise.resolve({ state: story.incident, seq: story.events.length, readOnly: null }),
      events: async () => await Promise.resolve(story.events.map((event, index) => ({ event, seq: index + 1 }))),
      streams: async () => await Promise.resolve([STREAM]),
      streamOf: async () => await Promise.resolve(null),
    },
    catalog: { settings: () => SETTINGS, refresh: async () => await Promise.resolve() },
    people: {
      read: async () =>
        await Promise.resolve({ status: 'member', id: dana.id, name: 'dana', roles: [role('lead-developer')], asOf: BEGINS }),
    },
    incidents: {
      criteria: async () =>
        await Promise.resolve([
          { title: 'Error rate below 1 %', holds: false, says: 'It is 4.2 %.', by: 'reading' },
          { title: 'No data corruption detected', holds: null, says: 'Nobody has said so.', by: 'person' },
        ]),
    },
    followUps: { list: async () => await Promise.resolve([after.list]) },
    metricsOf: () => [errorRate(0.042)],
    clock: { now: () => now },
  } as unknown as Parts;
  const desk = createTerminalDesk(parts);
  return async (verb, params) => await desk({ uid: 1000, name: 'dana' }, verb, params);
}

/** The same as a part of the golden file. */
function deskOf(story: Told, now = story.now): (verb: string, params: Json) => Promise<string> {
  const ask = askAt(story, now);
  return async (verb, params) => {
    const { status, lines } = await ask(verb, params);
    return [`== ${verb} ${JSON.stringify(params)}: ${status}`, ...lines, ''].join('\n');
  };
}

test('what is said about an incident', async () => {
  const open = deskOf(told(...led));
  const closed = deskOf(told(...over));
  const drill = deskOf(told(...led.map((fact) => (fact.type === 'incident-opened' ? { ...fact, drill: true } : fact))));
  const afterwards = deskOf(told(...over), (OVER + 3_600_000) as Instant);
  const of = null;
  const says = [
    await open('incidents', { all: false }),
    await open('incident', { of }),
    await open('severity', { of, severity: null }),
    await open('role', { of, role: null, whom: null }),
    await open('drafts', { of }),
    await open('closing', { of }),
    await open('found-out', { of }),
    await open('asked-of-drill', { of }),
    await open('names', { what: 'incidents' }),
    await closed('incidents', { all: true }),
    await closed('incident', { of: 'k7m2xq' }),
    await closed('drafts', { of: 'k7m2xq' }),
    await closed('closing', { of: 'k7m2xq' }),
    await drill('incidents', { all: false }),
    await drill('drafts', { of }),
    await afterwards('todo', { of, which: 'all' }),
    await afterwards('todo', { of, which: 'mine' }),
  ];
  await expect(says.join('\n')).toMatchFileSnapshot('../golden/cli/incident.txt');
});

test('of a long timeline the end is said, and as data all of it', async () => {
  const many = Array.from({ length: 40 }, (_, index): IncidentFact => ({
    type: 'note-added',
    text: `line ${index}`,
    saidAt: later(index),
    by: omar,
    message: null,
  }));
  const { lines, data } = await askAt(told(...led, ...many))('incident', { of: null });
  expect(lines.filter((line) => /omar.*: line \d+$/.test(line))).toHaveLength(20);
  expect(lines.join('\n')).toMatch(/… and \d+ lines before these: rollbot report k7m2xq\n[^]*omar: line 39$/);
  const { timeline } = data as { timeline: { says: string }[] };
  expect(timeline.slice(-40).map(({ says }) => says)).toEqual(many.map((_, index) => `omar: line ${index}`));
});

test('the checklist of a drill is handed over with its token, and never with an item that it has not', async () => {
  const acts: PersonAct[] = [];
  const drill: readonly IncidentFact[] = led.map((fact) => (fact.type === 'incident-opened' ? { ...fact, drill: true } : fact));
  const answers = ITEMS.map((item) => ({ item, answer: item === 'files' ? 'not-tested' : 'yes' }));
  const params = { of: null, answers, note: 'the shop was quick' };
  const early = await askAt(told(...drill), undefined, acts)('fill-checklist', params);
  expect(early).toMatchObject({
    status: 'refused',
    why: 'rules',
    lines: [expect.stringMatching(/asked for when every run of the drill is over/)],
  });
  const ask = askAt(told(...drill, { type: 'drill-checklist-asked', token: token('T-checklist') }), undefined, acts);
  const strange = await ask('fill-checklist', { ...params, answers: [{ item: 'fils', answer: 'yes' }] });
  expect(strange).toMatchObject({ why: 'words', lines: [expect.stringMatching(/^The checklist has no "fils"\. Did you mean "files"\?/)] });
  expect(acts).toEqual([]);
  expect(await ask('fill-checklist', params)).toMatchObject({ status: 'done' });
  expect(acts).toEqual([
    {
      kind: 'fill-checklist',
      token: 'T-checklist',
      answers,
      note: 'the shop was quick',
      by: { kind: 'person', id: dana.id, name: 'dana', via: 'terminal' },
      roles: ['lead-developer'],
    },
  ]);
});

function later(index: number): Instant {
  return (BEGINS + 1_000_000 + index) as Instant;
}
