import { describe, expect, test } from 'vitest';
import { isOfKind } from '../../src/core/kinds.ts';
import type { PersonId, StreamId } from '../../src/core/brand.ts';
import type { Catalog, PersonReading, Store } from '../../src/core/ports.ts';
import { ITEMS } from '../../src/core/drill/checklist.ts';
import { createDoor } from '../../src/slack/door.ts';
import type { Ack } from '../../src/slack/door.ts';
import type { Entry } from '../../src/slack/entries/entry.ts';
import { ENTRIES } from '../../src/slack/entries/table.ts';
import { createGate } from '../../src/slack/gate.ts';
import type { Caller } from '../../src/slack/gate.ts';
import type { Identity } from '../../src/slack/identity.ts';
import { entryName } from '../../src/slack/incoming.ts';
import type { Incoming } from '../../src/slack/incoming.ts';
import { entry as procedure } from './catalog-sample.ts';
import { silent } from './house.ts';
import { createManualClock } from './manual-clock.ts';
import { BEGINS, opened, role, settings, STREAM, told } from './story.ts';
import { NO_ON_CALL } from './on-call-samples.ts';
import { NO_RELEASES } from './release-samples.ts';
import { NO_STATISTICS } from './stats-samples.ts';

import { rulesOf, incidentsOf, alertsOf, triggersOf, pagesOf, drillsOf, vendorsOf, followUpsOf } from './gate-rules.ts';
const identity: Identity = { team: 'T001', teamName: 'Sandbox', app: 'A001', botUser: 'U000BOT', bot: 'B001' };
const ours: Caller = { user: 'U001DANA', team: 'T001', userTeam: 'T001', app: 'A001' };
const member: PersonReading = { status: 'member', id: 'U001DANA' as PersonId, name: 'dana', roles: [role('lead-developer')], asOf: BEGINS };

type Kind = { readonly name: string; readonly caller: Caller; readonly reading: PersonReading };
const OUTSIDE: readonly Kind[] = [
  ...(['bot', 'guest', 'deactivated', 'stranger', 'unknown'] as const).map((why) => ({
    name: why,
    caller: ours,
    reading: { status: 'refused', why } as const,
  })),
  { name: "somebody whom Slack can't say anything about", caller: ours, reading: { status: 'unreadable', why: 'away' } },
  { name: 'somebody in another workspace', caller: { ...ours, team: 'T666' }, reading: member },
  { name: 'somebody of another workspace', caller: { ...ours, userTeam: 'T666' }, reading: member },
  { name: 'somebody using another app', caller: { ...ours, app: 'A666' }, reading: member },
  { name: 'a payload that does not say which app', caller: { ...ours, app: null }, reading: member },
  { name: 'a payload that does not say which workspace', caller: { ...ours, team: null }, reading: member },
];

const REFUSALS = /use Rollbot|members of its own workspace|another app or workspace|does not say/;

/** Everything that a deed has set in motion. */
type Seen = {
  readonly rules: string[];
  readonly slack: { method: string; args: unknown }[];
  readonly told: string[];
  readonly acks: unknown[];
  readonly settled: string[];
};

async function enter(entry: Entry, kind: Kind, own: Identity | null = identity): Promise<Seen> {
  const seen: Seen = { rules: [], slack: [], told: [], acks: [], settled: [] };
  const clock = createManualClock();
  const desk = {
    operations: rulesOf(seen),
    releases: NO_RELEASES,
    incidents: incidentsOf(seen),
    people: { read: async () => await Promise.resolve(kind.reading) },
    alerts: alertsOf(seen),
    triggers: triggersOf(seen),
    onCall: {
      ...NO_ON_CALL,
      override: async () => (seen.rules.push('override'), await Promise.resolve({ status: 'done', says: 'yes' } as const)),
    },
    pages: pagesOf(seen),
    drills: drillsOf(seen),
    followUps: followUpsOf(seen),
    vendors: vendorsOf(seen),
    statistics: NO_STATISTICS,
    drawChart: () => Buffer.alloc(0),
    catalog: catalogStub(),
    store: storeOf(seen),
    clock,
    web: {
      call: async (method: string, args: unknown = {}) => {
        seen.slack.push({ method, args });
        return await Promise.resolve({
          status: 'ok',
          data: { view: { id: 'V001' }, messages: [{ ts: '1.1', text: 'it is slow' }] },
        } as const);
      },
    },
    wake: () => undefined,
    token: () => 'T-new',
  };
  const people = { read: () => Promise.resolve(kind.reading), holders: () => Promise.resolve([]) };
  const tell = async (_: Incoming, { text }: { text: string }): Promise<void> => void (await Promise.resolve(seen.told.push(text)));
  const door = createDoor({ desk, entries: ENTRIES, gate: createGate({ people, identity: () => own }), tell, log: silent });
  const ack: Ack = async (mistakes) => void (await Promise.resolve(seen.acks.push(mistakes ?? null)));
  await door.enter(entry, incomingOf(entry, kind.caller), ack);
  return seen;
}

describe.each(ENTRIES.map((entry) => [entryName(entry.kind, entry.id), entry] as const))('%s', (_, entry) => {
  test.each(OUTSIDE.map((kind) => [kind.name, kind] as const))('does nothing for %s', async (_name, kind) => {
    const seen = await enter(entry, kind);
    expect(seen.rules).toEqual([]);
    expect(seen.acks).toHaveLength(1);
    const said = [...seen.told, JSON.stringify(seen.acks), JSON.stringify(seen.slack)].join(' ');
    // Who has only opened a tab has asked nothing, and is told nothing.
    expect(said).toMatch(entry.kind === 'event' ? /^\[null\] \[\]$/ : REFUSALS);
    expect(seen.slack.filter(({ method }) => method !== 'views.open' && method !== 'views.update')).toEqual([]);
  });

  test('does nothing before Slack has said who we are', async () => {
    expect((await enter(entry, { name: 'dana', caller: ours, reading: member }, null)).rules).toEqual([]);
  });

  test('serves a member, and settles what was done', async () => {
    const seen = await enter(entry, { name: 'dana', caller: ours, reading: member });
    expect(seen.acks).toEqual([null]);
    expect(seen.settled).toContain('key');
    expect(seen.told.join()).not.toMatch(/went wrong/);
    expect([...seen.rules, ...seen.told, ...seen.slack].length).toBeGreaterThan(0);
  });
});

const FILLED: Readonly<Record<string, Record<string, string[]>>> = {
  open_incident_form: { title: ['The shop is slow'] },
  start_form: { procedure: ['cache'], 'target:cache': ['staging'] },
  drill_checklist_form: Object.fromEntries(ITEMS.map((item) => [item, ['yes']])),
  override_form: { who: ['database-admin mina'], from: [String(BEGINS / 1000)], to: [String(BEGINS / 1000 + 3600)] },
};

function incomingOf(entry: Entry, caller: Caller): Incoming {
  const values: Readonly<Record<string, string[]>> = FILLED[entry.id] ?? { reason: ['too risky'], day: ['2026-12-01'] };
  return {
    key: 'key',
    entry: entryName(entry.kind, entry.id),
    caller,
    channel: 'C050OPS',
    text:
      entry.id === '/rollback'
        ? 'cache staging'
        : entry.id === 'reaction_added'
          ? 'pushpin'
          : entry.kind === 'event'
            ? 'home'
            : entry.id === '/incident'
              ? 'close'
              : 'T-token',
    responseUrl: null,
    trigger: '1.2.3',
    message: { channel: 'C050OPS', ts: '1.1', text: null, user: null },
    view:
      entry.kind === 'view' || entry.id === 'choose_procedure'
        ? { id: 'V001', note: { channel: 'C050OPS', responseUrl: null, token: 'T-token', procedure: 'cache' }, values }
        : null,
    at: BEGINS,
  };
}

function catalogStub(): Catalog {
  return {
    procedures: () => [procedure],
    procedure: () => procedure,
    settings: () => settings,
    targetHash: () => null,
    mistakes: () => [],
    refresh: () => Promise.resolve(),
  };
}

function storeOf({ settled }: Seen): Store {
  return {
    accept: () => Promise.resolve(true),
    settleInbox: async (key: string) => void (await Promise.resolve(settled.push(key))),
    dropInbox: missing('dropInbox'),
    streams: () => Promise.resolve([]),
    claims: () => Promise.resolve([]),
    streamOf: () => Promise.resolve(STREAM),
    events: () => Promise.resolve([]),
    load: (stream: StreamId<string>) =>
      Promise.resolve({ state: isOfKind(stream, 'incident') ? told(opened).incident : { status: 'none' }, seq: 1, readOnly: null }),
    append: missing('append'),
    dueStreams: missing('dueStreams'),
    nextDueAt: missing('nextDueAt'),
    pendingInbox: () => Promise.resolve([]),
    saveOutput: missing('saveOutput'),
    readOutput: missing('readOutput'),
    message: missing('message'),
    saveMessage: missing('saveMessage'),
    messages: missing('messages'),
    summaries: missing('summaries'),
    staleSummaries: missing('staleSummaries'),
    saveSummary: missing('saveSummary'),
    size: missing('size'),
    getFact: missing('getFact'),
    setFact: missing('setFact'),
    prune: missing('prune'),
    verify: missing('verify'),
    close: missing('close'),
  };
}

function missing(name: string): () => never {
  return () => {
    throw new Error(`Nothing here needs ${name}.`);
  };
}
