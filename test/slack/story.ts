import type { IncidentId, Instant, PersonId, RoleId, RunId, StepId, StreamId, TokenId } from '../../src/core/brand.ts';
import { sha256 } from '../../src/core/digest.ts';
import type { IncidentEvent, IncidentFact, Person, PinnedProcedure, StepOutcome } from '../../src/core/incident/event.ts';
import { evolve, INITIAL } from '../../src/core/incident/evolve.ts';
import { runOf, stepOf } from '../../src/core/incident/state.ts';
import type { SystemStatus } from '../../src/core/procedure/action.ts';
import type { PlannedStep } from '../../src/core/procedure/planned-step.ts';
import type { Settings } from '../../src/core/settings.ts';
import { asksOf } from '../../src/slack/asks.ts';
import type { Ask } from '../../src/slack/asks.ts';
import type { Incident } from '../../src/slack/cards/incident-card.ts';

/** A rollback of the sandbox's cache, told as facts, for everything that draws one. */
export const BEGINS = Date.UTC(2026, 10, 24, 14, 0, 0) as Instant;
export const STREAM = 'incident/k7m2xq' as StreamId;
export const RUN = 'r4t8wz' as RunId;
export const dana: Person = { kind: 'person', id: 'U001DANA' as PersonId, name: 'dana' };
export const omar: Person = { kind: 'person', id: 'U002OMAR' as PersonId, name: 'omar' };
export const mina: Person = { kind: 'person', id: 'U003MINA' as PersonId, name: 'mina' };

export const settings: Settings = {
  targets: { staging: { default: true }, production: { protected: true } },
  roles: {
    'lead-developer': { people: [dana.id] },
    'devops-engineer': { groups: ['S010DEVOPS'] },
    'database-admin': { people: [mina.id] },
  },
  start: { '*': ['lead-developer', 'devops-engineer'] },
  channels: { prefix: 'inc', invite: ['lead-developer'] },
};

export const role = (name: string): RoleId => name as RoleId;
export const token = (name: string): TokenId => name as TokenId;
export const step = (name: string): StepId => name as StepId;

const read = { effect: 'read', timeoutMs: 30_000, outputs: {} } as const;
const marker: PlannedStep = {
  ...read,
  id: step('preflight.1'),
  phase: 'preflight',
  title: 'This is the cache of the target',
  probe: { action: { kind: 'redis-command', url: '${target.redis_url}', command: ['GET', 'rollbot:marker'] } },
  after: [],
};
const stopWarming: PlannedStep = {
  id: step('stop-warming'),
  phase: 'step',
  title: 'Remove the cache-warming cron jobs',
  effect: 'guarded',
  probe: { action: { kind: 'shell', script: 'crontab -l | grep -v cache-warming | crontab -', env: {}, exit: [0] } },
  check: { action: { kind: 'shell', script: '! crontab -l | grep -q cache-warming', env: {}, exit: [0] } },
  undo: {
    kind: 'action',
    title: 'Put the cron jobs back',
    action: { kind: 'shell', script: 'crontab "$backup"', env: { backup: '/tmp/cron' }, exit: [0] },
    effect: 'idempotent',
    timeoutMs: 30_000,
  },
  timeoutMs: 300_000,
  after: [marker.id],
  outputs: {},
};
export const clearCache: PlannedStep = {
  id: step('clear'),
  phase: 'step',
  title: 'Clear the warmed entries',
  effect: 'destructive',
  probe: { action: { kind: 'redis-unlink', url: '${secrets.redis_url}', match: 'warm:*', batch: 500, pauseMs: 10 } },
  undo: { kind: 'none', because: 'deleted entries come back only as they are asked for' },
  approve: { by: [role('devops-engineer'), role('lead-developer')], need: 1, withinMs: 900_000 },
  because: 'warmed entries are deleted; the origin takes the load until they return',
  timeoutMs: 300_000,
  after: [marker.id, stopWarming.id],
  outputs: {},
};
const hitRate: PlannedStep = {
  ...read,
  id: step('verify.1'),
  phase: 'verify',
  title: 'Hit rate is back above 60 %',
  probe: { action: { kind: 'http', method: 'GET', url: 'http://127.0.0.1:8080/health/cache', headers: {} }, expect: { above: 0.6 } },
  after: [clearCache.id],
};
const noErrors: PlannedStep = {
  ...read,
  id: step('verify.2'),
  phase: 'verify',
  title: 'No cache errors in the logs',
  probe: { action: { kind: 'manual', instructions: 'No cache errors in the logs', by: 'lead-developer' } },
  ask: role('lead-developer'),
  after: [clearCache.id],
};

export const procedure: PinnedProcedure = {
  id: 'cache',
  title: 'Cache warming rollback',
  component: 'Cache Layer',
  estimate: '2m-3m',
  hash: sha256('cache'),
  locks: ['cache:main'],
  steps: [marker, stopWarming, clearCache, hitRate, noErrors],
  followUps: [],
};

export const opened = {
  type: 'incident-opened',
  incident: 'k7m2xq' as IncidentId,
  title: 'Cache warming rollback on production',
  by: dana,
  drill: false,
  home: 'C050OPS',
} as const;
export const linked = { type: 'channel-linked', channel: 'C060INC', name: 'inc-20261124-cache-k7m2xq', made: true } as const;
export const started = {
  type: 'run-started',
  run: RUN,
  procedure,
  target: { name: 'production', protected: true, vars: {}, secrets: ['redis_url'], secretSources: {}, env: {}, hash: sha256('production') },
  params: { clear: 'prefix' },
  by: dana,
  deciders: [role('lead-developer'), role('devops-engineer')],
  reason: 'hit rate fell to 12 % after the deploy',
} as const satisfies IncidentFact;

const action = {
  kind: 'redis-unlink',
  url: { $pieces: [{ secret: 'redis_url' }] },
  match: 'warm:*',
  batch: 500,
  pauseMs: 10,
} as const;
export const digest = sha256('what exactly runs');

/** A step that began and ended well. */
export function done(id: StepId, says = '', attempt = 1): readonly IncidentFact[] {
  return [
    { type: 'step-intended', run: RUN, step: id, attempt, digest, action, executor: 'bot' },
    { type: 'step-finished', run: RUN, step: id, attempt, executor: 'bot', outcome: 'ok', says, outputs: {}, durationMs: 3200 },
  ];
}

export function failed(id: StepId, says: string): readonly IncidentFact[] {
  return [
    { type: 'step-intended', run: RUN, step: id, attempt: 1, digest, action, executor: 'bot' },
    { type: 'step-finished', run: RUN, step: id, attempt: 1, executor: 'bot', outcome: 'failed', says, outputs: {}, durationMs: 1200 },
  ];
}

export function asked(name = 'T-approve'): IncidentFact {
  return {
    type: 'approval-requested',
    run: RUN,
    step: clearCache.id,
    attempt: 1,
    token: token(name),
    digest,
    action,
    by: [role('devops-engineer'), role('lead-developer')],
    need: 1,
    withinMs: 900_000,
  };
}

export type Said = { readonly text?: string; readonly status?: SystemStatus; readonly to?: readonly string[] };

/** A step that announces something, and how it came to this end. */
export function announcement(
  name: string,
  { text = 'We take it back.', status, to = ['incident'] }: Said,
  outcome: StepOutcome | 'running' = 'ok',
): { readonly plan: PlannedStep; readonly facts: readonly IncidentFact[] } {
  const says = { kind: 'announce', text, to, ...(status !== undefined && { status }) } as const;
  const id = step(name);
  const plan = { ...read, id, phase: 'step', title: 'Tell everybody', effect: 'idempotent', probe: { action: says }, after: [] } as const;
  const at = { run: RUN, step: id, attempt: 1, executor: 'bot' };
  const intended: IncidentFact = { type: 'step-intended', ...at, digest, action: says };
  if (outcome === 'running') return { plan, facts: [intended] };
  return { plan, facts: [intended, { type: 'step-finished', ...at, outcome, says: 'Announced', outputs: {}, durationMs: 5 }] };
}

/** The beginning that most stories share: opened, in its channel, started, checked, cron jobs removed. */
export const beginning: readonly IncidentFact[] = [
  opened,
  linked,
  started,
  ...done(marker.id, 'pitchey-production-cache'),
  ...done(stopWarming.id),
];

/** Gives facts their times, ten seconds apart. */
function eventsOf(facts: readonly IncidentFact[]): readonly IncidentEvent[] {
  return facts.map((fact, index) => ({ ...fact, at: (BEGINS + index * 10_000) as Instant }));
}

export type Told = {
  readonly events: readonly IncidentEvent[];
  readonly incident: Incident;
  readonly asks: readonly Ask[];
  readonly now: Instant;
};

/** What has come of these facts. */
export function told(...facts: readonly IncidentFact[]): Told {
  const events = eventsOf(facts);
  const incident = events.reduce(evolve, INITIAL);
  if (incident.status === 'none') throw new Error('The story has no beginning.');
  return { events, incident, asks: asksOf(events), now: (BEGINS + facts.length * 10_000) as Instant };
}

/** The run of a story. */
export function theRun({ incident }: Told): NonNullable<ReturnType<typeof runOf>> {
  const run = runOf(incident, RUN);
  if (!run) throw new Error('The story has no run.');
  return run;
}

/** One ask of a story with its step, as its card wants it. */
export function theAsk<Kind extends Ask['kind']>(
  story: Told,
  kind: Kind,
): {
  readonly ask: Extract<Ask, { kind: Kind }>;
  readonly run: ReturnType<typeof theRun>;
  readonly step: NonNullable<ReturnType<typeof stepOf>>;
  readonly settings: Settings;
  readonly drill: boolean;
} {
  const run = theRun(story);
  const ask = story.asks.findLast((each): each is Extract<Ask, { kind: Kind }> => each.kind === kind);
  const found = ask && stepOf(run, ask.step);
  if (!ask || !found) throw new Error(`Nobody is asked for a ${kind} in this story.`);
  return { ask, run, step: found, settings, drill: story.incident.drill };
}
