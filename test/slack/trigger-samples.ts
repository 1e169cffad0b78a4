import type { Instant, RunId } from '../../src/core/brand.ts';
import { TRIGGER_REFUSALS } from '../../src/core/trigger/refusal.ts';
import type { Triggers } from '../../src/core/trigger/port.ts';
import { Triggers as Rules } from '../../src/core/trigger/schema.ts';
import type { PinnedRule } from '../../src/core/trigger/rule.ts';
import { watchOf } from '../../src/core/trigger/state.ts';
import type { TriggerState, Watch } from '../../src/core/trigger/state.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Card } from '../../src/slack/cards/blocks.ts';
import { triggersCard } from '../../src/slack/cards/triggers-card.ts';
import { watchCall, watchCard } from '../../src/slack/cards/watch-card.ts';
import { AFTER, DANA, R1, reported, Stage, T1, trusted } from '../core/trigger/scenes.ts';
import { role, settings } from './story.ts';

const NOT_WATCHED = { status: 'refused', says: TRIGGER_REFUSALS['no-watch'] } as const;

/** An installation in which no rule watches anything. */
export const NO_TRIGGERS: Triggers = {
  list: async () => await Promise.resolve([]),
  find: async () => await Promise.resolve(null),
  startNow: async () => await Promise.resolve(NOT_WATCHED),
  veto: async () => await Promise.resolve(NOT_WATCHED),
  callOff: async () => await Promise.resolve(NOT_WATCHED),
  watch: async () => await Promise.resolve(NOT_WATCHED),
  report: async () => await Promise.resolve(NOT_WATCHED),
  noteShown: async () => await Promise.resolve(),
  onChange: () => () => undefined,
};

const http = { url: '${target.api_url}/api/metrics', pointer: '/value' };
export const METRICS: NonNullable<Settings['metrics']> = {
  error_rate: { title: 'Error rate', unit: 'ratio', http },
  response_time: { title: 'Response time', unit: 'ms', http },
  portal_investor: { title: 'Investors', unit: 'bool', http },
  portal_creator: { title: 'Creators', unit: 'bool', http },
};
const known = { metrics: METRICS };

/** A stage on which so much has happened. */
function staged(rule: PinnedRule, ...deeds: readonly ((stage: Stage) => void)[]): Stage {
  const stage = new Stage(rule);
  for (const deed of deeds) deed(stage);
  return stage;
}

const breaks = (stage: Stage): void => void stage.breakIt();
const counts = (stage: Stage): void => stage.countdown();
const rude = { ...DANA, by: { ...DANA.by, name: '<!channel>' }, reason: 'a *test* of <@U1>' } as const;
const veto = (stage: Stage): void => void stage.tell({ kind: 'veto', token: T1, ...rude });
const callOff = (stage: Stage): void => void stage.tell({ kind: 'call-off', ...DANA, reason: null });
const starts = (stage: Stage): void => void stage.start();
const presses = (stage: Stage): void => void stage.tell({ kind: 'start-now', run: R1, procedure: 'cache', ...DANA });
const runEnds = (stage: Stage): void => void stage.tell({ kind: 'note-run-ended', run: R1, outcome: 'verified', endedAt: AFTER });
const runElsewhere = (stage: Stage): void =>
  void stage.tell({ kind: 'note-run-ended', run: 'r9' as RunId, outcome: 'verified', endedAt: AFTER });
const gone = (stage: Stage): void => void stage.tell({ kind: 'note-gone', why: 'rule-gone' });
const wants = (stage: Stage): void => void stage.want(rude);
const contains = (stage: Stage): void => void stage.tell({ kind: 'note-contained', run: R1, procedure: 'freeze' });
const holds = (stage: Stage): void => void stage.read(0.01, ...Array.from({ length: 14 }, (_, index) => 0.07 + (index % 3) / 500));
const recovers = (stage: Stage): void => {
  stage.read(...Array.from({ length: 16 }, () => 0.01));
};

export const sampleStages = {
  holding: staged(trusted('propose'), holds),
  proposed: staged(trusted('propose', { procedure: 'last-changed', else: 'emergency' }), breaks),
  inconclusive: staged(trusted('countdown'), holds, (stage) => void stage.read(...Array.from({ length: 24 }, () => null))),
  gated: staged(trusted('auto'), breaks, (stage) => void stage.gates({ frozen: 'the database is moved' })),
  waiting: staged(trusted('countdown'), breaks, (stage) => void stage.gates()),
  counting: staged(trusted('countdown'), counts),
  vetoed: staged(trusted('countdown'), counts, veto),
  'called-off': staged(trusted('propose'), breaks, callOff),
  started: staged(trusted('auto'), breaks, starts),
  'started-by-person': staged(trusted('propose'), breaks, presses),
  verified: staged(trusted('auto'), breaks, starts, runEnds),
  shadow: staged(trusted('shadow'), breaks),
  elsewhere: staged(trusted('propose'), breaks, runElsewhere),
  recovered: staged(trusted('propose'), breaks, recovers),
  'rolled-back': staged(trusted('auto'), breaks, starts, runEnds, recovers),
  'shadow-over': staged(trusted('shadow'), breaks, recovers),
  'never-fired': staged(trusted('propose'), holds, recovers),
  changed: staged(trusted('countdown'), counts, (stage) => void stage.gates({}, 'emergency')),
  gone: staged(trusted('propose'), breaks, gone),
  wanted: staged(trusted('propose'), wants, (stage) => void stage.read(...Array.from({ length: 12 }, () => 0.01))),
  contained: staged({ ...reported(), contain: 'freeze' }, (stage) => void stage.report(), contains),
  'not-contained': staged(
    { ...reported(), contain: 'freeze' },
    (stage) => void stage.report(),
    (stage) => void stage.tell({ kind: 'give-up-containing', says: 'production/* is held by run <r7>.' }),
  ),
  reported: staged(reported(), (stage) => void stage.report()),
  'reported-over': staged(reported(), (stage) => void stage.report(), callOff),
} as const satisfies Record<string, Stage>;

/** The card of what a stage shows last. */
function cardOf(state: TriggerState, procedure?: string | null): Card {
  if (state.status === 'none') throw new Error('Nothing has happened.');
  const watch = watchOf(state);
  const more = { ...(procedure !== undefined && { procedure }), channel: 'C060INC', settings: known };
  if (watch) return watchCard({ watch, ended: null, ...more });
  if (!state.last) throw new Error('Nothing was watched.');
  return watchCard({ watch: state.last.watch, ended: state.last, ...more });
}

/** The watch of a stage that goes on. */
export function watchIn({ state }: Stage): Watch {
  const watch = watchOf(state);
  if (!watch) throw new Error('Nothing is watched.');
  return watch;
}

const { proposed, counting, reported: corrupt } = sampleStages;
const all = Rules.parse({
  slow: {
    title: 'Response times up',
    when: {
      kind: 'response-time',
      metric: 'response_time',
      'at-once': {},
      bands: [
        { from: '200%', hold: '10m' },
        { from: '300%', hold: '5m' },
      ],
    },
    procedure: 'cache',
    mode: 'propose',
  },
  outage: { title: 'No answer', when: { kind: 'outage', metric: 'outage' }, procedure: 'emergency', mode: 'countdown' },
  portals: {
    title: 'One portal fails',
    when: { kind: 'one-of-many', metrics: ['portal_investor', 'portal_creator'] },
    procedure: 'frontend',
    mode: 'shadow',
  },
  cache: {
    title: 'The cache <is> unavailable',
    when: { kind: 'unavailable', metric: 'cache_available', slow: { metric: 'cache_time' } },
    procedure: 'last-changed',
    mode: 'auto',
  },
});
/** Rules of every kind, by name. */
export const RULES: readonly PinnedRule[] = Object.entries(all).map(([name, rule]) => ({ ...rule, name, target: 'production' }));

const NOT_NEEDED = { baseline: null, unknown: null };
const USUAL = { baseline: { value: 312.4, how: 'same-hour' }, unknown: null } as const;

/** Every rule with where it stands. */
const listed: Awaited<ReturnType<Triggers['list']>> = [
  { rule: trusted('countdown'), state: counting.state, normal: NOT_NEEDED },
  { rule: trusted('auto'), state: sampleStages['rolled-back'].state, normal: NOT_NEEDED },
  { rule: reported(), state: corrupt.state, normal: NOT_NEEDED },
  ...RULES.map((rule) => ({ rule, state: { status: 'none' } as const, normal: rule.name === 'slow' ? USUAL : NOT_NEEDED })),
];

/** Everything that people read about triggers. */
export const TRIGGER_CARDS: Readonly<Record<string, Card>> = {
  ...Object.fromEntries(Object.entries(sampleStages).map(([name, { state }]) => [`watch-${name}`, cardOf(state)])),
  'watch-proposed': cardOf(proposed.state, 'performance-middleware'),
  'watch-proposed-nobody-knows': cardOf(proposed.state, null),
  'watch-blind-together': watchCard({
    watch: watchIn(sampleStages.inconclusive),
    ended: null,
    procedure: 'cache',
    channel: null,
    settings: known,
    alsoBlind: [{ ...watchIn(sampleStages.inconclusive), rule: { ...trusted('auto'), name: 'error-rate-raised' } }],
  }),
  'watch-call-proposed': watchCall({ watch: watchIn(proposed) }, [role('lead-developer'), role('devops-engineer')], settings),
  'watch-call-countdown': watchCall({ watch: watchIn(sampleStages.waiting), procedure: 'cache' }, [role('devops-engineer')], settings),
  'watch-call-reported': watchCall({ watch: watchIn(corrupt) }, [role('database-admin')], settings),
  'reply-triggers': triggersCard(listed, (sampleStages['rolled-back'].now + 60_000) as Instant),
  'reply-triggers-unknown': triggersCard(
    listed.slice(3, 4).map((each) => ({ ...each, normal: { baseline: null, unknown: 'Its history can not be read: <nobody> answers.' } })),
    0 as Instant,
  ),
  'reply-no-triggers': triggersCard([], 0 as Instant),
};
