import { takeIn } from '../../core/trigger/judge.ts';
import { keepingOf, metricsOf } from '../../core/trigger/needs.ts';
import { rulesOf, streamOf } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import type { Incoming } from '../../core/trigger/judge.ts';
import type { Watching } from '../../core/trigger/schema.ts';
import type { Sample } from '../../core/trigger/sample.ts';
import { isGap } from '../../core/reading/reading.ts';
import type { Readings } from '../../core/reading/port.ts';
import type { TokenId } from '../../core/brand.ts';
import type { Catalog, Clock, Ids, Log, Store } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';
import type { Baselines } from './baselines.ts';
import { endGone } from './gone.ts';

export type RuleWatchParts = {
  readonly catalog: Pick<Catalog, 'settings' | 'refresh'>;
  readonly readings: Pick<Readings, 'last' | 'subscribe' | 'window'>;
  readonly store: Pick<Store, 'streams'>;
  readonly journal: Pick<Journal, 'apply' | 'load'>;
  readonly baselines: Baselines;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
};

/** Shows every rule the readings that it goes by, for as long as `rollbot.yml` has it. */
export type RuleWatch = { start(): void; stop(): Promise<void> };

/** How often the settings are looked at for what is new in them. */
const SWEEP_MS = 30_000;

/** Builds it. Outside of a watch nothing is written, and what was read is known to this process alone. */
export function createRuleWatch(parts: RuleWatchParts): RuleWatch {
  const { catalog, clock } = parts;
  const followed = new Map<string, Followed>();
  let endSweep: (() => void) | null = null;
  let stopped = false;

  async function sweep(): Promise<void> {
    await catalog.refresh().catch((error: unknown) => parts.log.error({ error }, 'the settings could not be read again'));
    if (stopped) return;
    const rules = rulesOf(catalog.settings()).filter(isWatching);
    for (const [stream, { rule, end }] of followed) {
      if (rules.some((each) => streamOf(each) === stream && JSON.stringify(each) === JSON.stringify(rule))) continue;
      void end();
      followed.delete(stream);
    }
    await endGone(parts).catch((error: unknown) => parts.log.error({ error }, 'could not look for watches whose rules are gone'));
    if (stopped) return;
    for (const rule of rules) if (!followed.has(streamOf(rule))) followed.set(streamOf(rule), follow(parts, rule));
    // Only now: a clock that jumps must not make it read the same files a thousand times.
    endSweep = clock.after(SWEEP_MS, () => void sweep());
  }

  return {
    start: () => void sweep(),
    async stop() {
      stopped = true;
      endSweep?.();
      await Promise.all([...followed.values()].map(async ({ end }) => await end()));
    },
  };
}

/** A rule that is judged by readings. */
export type WatchedRule = PinnedRule & { readonly when: Watching };
type Followed = { readonly rule: WatchedRule; readonly end: () => Promise<void> };

/** Tells the rules that go by readings from those that go by what is reported. */
export function isWatching(rule: PinnedRule): rule is WatchedRule {
  return rule.when.kind !== 'event';
}

/** Judges a rule whenever one of its metrics was read; one judgement at a time. */
function follow(parts: RuleWatchParts, rule: WatchedRule): Followed {
  const { readings, log } = parts;
  const life = { ended: false, again: false };
  let working: Promise<void> | null = null;
  let earlier: Incoming | null = null;

  async function work(): Promise<void> {
    while (life.again && !life.ended) {
      life.again = false;
      earlier ??= await remembered(parts, rule);
      await observe(parts, rule, earlier);
    }
  }

  function wake(): void {
    life.again = true;
    working ??= work()
      .catch((error: unknown) => log.error({ rule: rule.name, target: rule.target, error }, 'a rule could not be judged'))
      .finally(() => (working = null));
  }

  const ends = metricsOf(rule.when).map((metric) => readings.subscribe({ target: rule.target, metric }, wake));
  return {
    rule,
    async end() {
      life.ended = true;
      for (const end of ends) end();
      await working;
    },
  };
}

async function observe({ journal, readings, baselines, ids, log }: RuleWatchParts, rule: WatchedRule, earlier: Incoming): Promise<void> {
  const fresh = { watch: ids.short(), token: ids.token() as TokenId };
  const incoming = incomingOf(readings, rule, earlier);
  await baselines.refresh(rule);
  const applied = await journal.apply(streamOf(rule), { kind: 'observe', rule, readings: incoming, ...baselines.of(rule), ...fresh });
  if (applied.status === 'refused') log.warn({ rule: rule.name, target: rule.target, ...applied.refusal }, 'readings were refused');
}

/** What was read of the metrics of a rule last, after what was known before that. */
export function incomingOf(readings: Pick<Readings, 'last'>, { when, target }: WatchedRule, earlier: Incoming = {}): Incoming {
  return Object.fromEntries(
    metricsOf(when).map((metric) => {
      const last = readings.last({ target, metric });
      const samples = [...(earlier[metric]?.samples ?? []), ...last.filter((each): each is Sample => !isGap(each))];
      const newest = last.at(-1);
      return [metric, { samples, gap: newest && isGap(newest) ? newest : null }];
    }),
  );
}

/** What the source still knows of the time before this process, so that a hold is not begun anew by a restart. */
async function remembered({ readings, clock }: RuleWatchParts, rule: WatchedRule): Promise<Incoming> {
  const { keepMs, timing } = keepingOf(rule.when);
  const to = clock.now();
  const window = { from: (to - keepMs) as typeof to, to, everyMs: timing.every };
  const found = await Promise.all(
    metricsOf(rule.when).map(async (metric) => {
      const samples = await readings.window({ target: rule.target, metric }, window);
      return [metric, { samples: 'why' in samples ? [] : samples, gap: null }] as const;
    }),
  );
  return takeIn(rule.when, {}, Object.fromEntries(found), to);
}
