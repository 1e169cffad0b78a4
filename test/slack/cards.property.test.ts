import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { PersonId, StepId } from '../../src/core/brand.ts';
import type { IncidentFact, Person } from '../../src/core/incident/event.ts';
import type { PlannedStep } from '../../src/core/procedure/planned-step.ts';
import { totalBlockText, validateMessageBlocks, validateView } from '../../src/demo/slack/schema/index.ts';
import { startForm } from '../../src/slack/cards/start-form.ts';
import { listCard, sentence, statusCard } from '../../src/slack/cards/replies.ts';
import type { Card } from '../../src/slack/cards/blocks.ts';
import { lengthOf, safe } from '../../src/slack/cards/text.ts';
import { outputCard } from '../../src/slack/cards/output-card.ts';
import { triggersCard } from '../../src/slack/cards/triggers-card.ts';
import { watchCall, watchCard } from '../../src/slack/cards/watch-card.ts';
import { desiredMessages } from '../../src/slack/messages.ts';
import type { Watch } from '../../src/core/trigger/state.ts';
import { reported, T1, trusted } from '../core/trigger/scenes.ts';
import { entry } from './catalog-sample.ts';
import {
  BEGINS,
  announcement,
  clearCache,
  digest,
  linked,
  opened,
  procedure,
  role,
  RUN,
  settings,
  started,
  theRun,
  told,
  token,
} from './story.ts';
import type { Told } from './story.ts';
import { NO_RELEASES } from './release-samples.ts';

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(
    '<!channel>',
    '@here',
    '<@U999EVIL>',
    '&amp;<>&',
    '\u202Eevil',
    '`*_~',
    '\n\n*Approved by dana*',
    '🙂'.repeat(2000),
    '&'.repeat(9000),
    '\u0000',
    ' ',
  ),
);
const person = nasty.map((name): Person => ({ kind: 'person', id: 'U001DANA' as PersonId, name }));
const status = fc.constantFrom('pending', 'asking', 'approval', 'approved', 'denied', 'done', 'failed', 'unknown', 'question', 'announced');

type Item = { title: string; status: string; says: string; by: Person; because: string };
const item: fc.Arbitrary<Item> = fc.record({ title: nasty, status, says: nasty, by: person, because: nasty });
const world = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 70 }),
  title: nasty,
  reason: nasty,
  by: person,
  params: fc.dictionary(nasty, nasty, { maxKeys: 20 }),
  outcome: fc.constantFrom(null, 'verified', 'stopped', 'failed'),
});

describe('whatever anybody writes', () => {
  test('Slack takes every message, and nobody is called who was not meant', () => {
    const holds = fc.property(world, (given) => {
      const channels = { ...settings.channels, announce: 'C010GENERAL' };
      const view = { ...toldOf(given), settings: { ...settings, channels }, toldOf: () => [role('devops-engineer')] };
      const cards = desiredMessages(view).flatMap(({ content }) => (content.kind === 'card' ? [content.card] : []));
      expect(cards.flatMap(mistakesIn)).toEqual([]);
      const keys = desiredMessages(view).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      const announced = given.items.filter(({ status: wanted }) => wanted === 'announced').length;
      expect(keys.filter((key) => key.startsWith('announce:'))).toHaveLength(announced * 2);
    });
    fc.assert(holds, { numRuns: 60 });
  });

  test('answers to one person fit as well', () => {
    const holds = fc.property(world, (given) => {
      const { incident, now } = toldOf(given);
      const claims = given.items.map(({ title }) => ({ key: title, holder: RUN, since: now }));
      const cards = [
        sentence(given.title),
        statusCard({ incidents: Array.from({ length: 60 }, () => incident), claims, now }),
        listCard({
          procedures: () => [],
          mistakes: () => given.items.map(({ title }) => ({ file: title, line: 1, column: 1, says: title })),
        }),
        outputCard(theRun(toldOf(given)).steps[0]!, 1, given.reason),
      ];
      expect(cards.flatMap(mistakesIn)).toEqual([]);
    });
    fc.assert(holds, { numRuns: 30 });
  });

  test('what others say about a watch stays what they say', () => {
    const holds = fc.property(nasty, nasty, person, fc.constantFrom('proposed', 'vetoed', 'called-off'), (says, reason, by, is) => {
      const ask =
        is === 'proposed' ? ({ is, token: T1, why: 'frozen', says, at: BEGINS } as const) : ({ is, by, reason, at: BEGINS } as const);
      const rule = { ...trusted('propose'), title: says || 'x', target: reason || 'x' };
      const judgement = { verdict: 'inconclusive', reason: 'blind', says, figures: {}, metric: null, readings: [] } as const;
      const nothing = { baseline: null, readings: {}, firedAt: null, elsewhere: null, wanted: by, beganAt: BEGINS, wroteAt: BEGINS };
      const read: Watch = { id: 'w1', rule, ask, judgement, reported: null, contained: { failed: says }, ...nothing };
      const heard: Watch = {
        ...read,
        rule: { ...rule, when: reported().when },
        reported: { by: { kind: 'source', name: reason }, says, at: BEGINS },
      };
      const ended = { at: BEGINS, how: 'recovered', score: null } as const;
      const cards = [read, heard].flatMap((watch) => [
        watchCard({ watch, ended: null, procedure: says, channel: null, settings }),
        watchCard({ watch, ended, channel: null, settings }),
        watchCall({ watch }, [role('devops-engineer')], settings),
      ]);
      expect(
        [
          ...cards,
          triggersCard(
            Array.from({ length: 60 }, () => ({ rule, state: { status: 'none' }, normal: { baseline: null, unknown: says } })),
            BEGINS,
          ),
        ].flatMap(mistakesIn),
      ).toEqual([]);
    });
    fc.assert(holds);
  });

  test('the form for a start is always a form', () => {
    const holds = fc.property(nasty, nasty, (about, title) => {
      const chosen = { ...entry, procedure: { ...entry.procedure, about, title: title || 'x', params: { ref: { about: about || 'x' } } } };
      const catalog = { procedures: () => [chosen], settings: () => settings };
      expect(
        validateView(startForm({ catalog, chosen, note: { channel: null, responseUrl: null }, lastGood: NO_RELEASES.lastGood })),
      ).toEqual([]);
    });
    fc.assert(holds);
  });

  test('a safe text holds no markup of its own and keeps its length', () => {
    const holds = fc.property(nasty, fc.integer({ min: 1, max: 300 }), (text, max) => {
      const made = safe(text, max);
      expect(lengthOf(made)).toBeLessThanOrEqual(max);
      expect(made).not.toMatch(/[<>]|@(here|channel|everyone)\b|\n|&(?!(amp|lt|gt);)/);
    });
    fc.assert(holds);
  });
});

/** Everything that Slack would refuse about a card, and everybody whom it would call without having been meant to. */
function mistakesIn({ text, blocks }: Card): readonly unknown[] {
  const meant = ['<@U001DANA>', '<@U003MINA>', '<!subteam^S010DEVOPS>'];
  return [
    ...validateMessageBlocks(blocks),
    ...(totalBlockText(blocks.map((block) => ({ ...block }))) > 13_000 ? ['too long'] : []),
    ...(lengthOf(text) > 4000 || !/\S/.test(text) ? ['a text of no good length'] : []),
    ...mentionsIn([text, blocks]).filter((called) => !meant.includes(called)),
  ];
}

/** Everything in angle brackets that would call somebody; what is shown letter by letter calls nobody. */
function mentionsIn(value: unknown): readonly string[] {
  const text = JSON.stringify(value, (_, part: unknown) => (isLiteral(part) ? null : part));
  return text.match(/<[@!](?!date)[^>]*>/g) ?? [];
}

function toldOf({ items, title, reason, by, params, outcome }: typeof world extends fc.Arbitrary<infer Given> ? Given : never): Told {
  const steps = items.map((each, index) => stepOf(each, index));
  const start = { ...started, by, reason, params, procedure: { ...procedure, title: title || 'x', steps } } as const;
  const facts: readonly IncidentFact[] = [{ ...opened, title, by }, linked, start, ...items.flatMap(factsOf)];
  return told(
    ...facts,
    ...(outcome === null ? [] : [{ type: 'run-finished', run: RUN, outcome: outcome === 'failed' ? 'failed' : 'stopped' } as const]),
  );
}

function stepOf({ title, status: wanted, because }: Item, index: number): PlannedStep {
  const phase = wanted === 'question' ? 'verify' : 'step';
  if (wanted === 'announced') return announcementOf(because, index).plan;
  return { ...clearCache, id: idOf(index), phase, title: title || 'x', because, undo: { kind: 'none', because } };
}

/** What somebody made a run announce, here and beyond, calling a role that there is and one that there is not. */
function announcementOf(text: string, index: number): ReturnType<typeof announcement> {
  const how = index % 2 === 0 ? ({ status: 'outage' } as const) : {};
  return announcement(idOf(index), { text: literal(text), to: ['incident', 'announce', 'devops-engineer', text], ...how });
}

/** A text in which nothing is a reference. */
function literal(text: string): string {
  return text.replaceAll('${', '$');
}

function idOf(index: number): StepId {
  return `s${index}` as StepId;
}

function factsOf({ status: wanted, says, by, title, because }: Item, index: number): readonly IncidentFact[] {
  const at = { run: RUN, step: idOf(index) };
  const ticket = token(`T${index}`);
  const action = { kind: 'shell', script: title + says, env: { A: says }, exit: [0] } as const;
  const asked: IncidentFact = {
    type: 'approval-requested',
    ...at,
    attempt: 1,
    token: ticket,
    digest,
    action,
    by: [role('devops-engineer'), role(says)],
    need: 1,
    withinMs: 60_000,
  };
  const intended: IncidentFact = { type: 'step-intended', ...at, attempt: 1, digest, action, executor: 'x' };
  const finished = { type: 'step-finished', ...at, attempt: 1, executor: 'x', says, outputs: {}, durationMs: 5 } as const;
  switch (wanted) {
    case 'announced':
      return announcementOf(because, index).facts;
    case 'approval':
      return [asked];
    case 'approved':
      return [asked, { type: 'approval-given', ...at, token: ticket, digest, by, roles: [] }];
    case 'denied':
      return [asked, { type: 'approval-denied', ...at, token: ticket, by, reason: says }];
    case 'done':
      return [intended, { ...finished, outcome: 'ok' }];
    case 'failed':
      return [intended, { ...finished, outcome: 'failed' }, { type: 'run-held', ...at, why: 'failed', token: ticket }];
    case 'unknown':
      return [intended, { type: 'step-unknown', ...at, attempt: 1, reason: 'timeout', alive: index % 2 === 0, token: ticket }];
    case 'asking':
    case 'question':
      return [{ type: 'question-asked', ...at, role: role('lead-developer'), token: ticket, question: says }];
    default:
      return [];
  }
}

function isLiteral(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'rich_text';
}
