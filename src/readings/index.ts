import { fillMetric, Unfillable } from '../core/fill.ts';
import type { PinnedTarget } from '../core/incident/event.ts';
import { isOn, metricOf } from '../core/reading/metric.ts';
import type { Metric } from '../core/reading/metric.ts';
import { isGap } from '../core/reading/reading.ts';
import type { MetricPlace, Readings, Window } from '../core/reading/port.ts';
import { createRedactor } from '../core/redaction.ts';
import type { Catalog, Clock, Log, TargetAccess } from '../core/ports.ts';
import type { Sample } from '../core/trigger/sample.ts';
import { createPlainText } from '../core/terminal-text.ts';
import { createPoller } from './poller.ts';
import { NoReading } from './request.ts';
import { revealMetric } from './reveal.ts';
import { createSourceReader, readWindow } from './source.ts';

export { createSourceReader } from './source.ts';

export type ReadingsParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly clock: Clock;
  readonly log: Log;
  /** A target as it is now; null where `rollbot.yml` has none of this name. */
  readonly target: (name: string) => PinnedTarget | null;
  readonly access: (target: PinnedTarget) => TargetAccess;
};

const UNKNOWN_EVERY_MS = 60_000;

/** Everything that reads numbers, by the settings as they are at that moment. */
export function createReadings(parts: ReadingsParts): Readings {
  const { catalog, clock, log } = parts;
  const ending = new AbortController();
  const readSource = createSourceReader(clock);

  /** Does something with a metric whose secrets are filled in; what came of it shows none of them. */
  async function withMetric<Answer>(place: MetricPlace, use: (metric: Metric) => Promise<Answer | Why>): Promise<Answer | Why> {
    try {
      const { metric: found, target } = find(place);
      const access = parts.access(target);
      const { metric, secrets } = await revealMetric(found, access);
      const answer = await use(metric);
      return isWhy(answer) ? { why: tidy(answer.why, [...secrets, ...((await access.hidden?.()) ?? [])]) } : answer;
    } catch (error) {
      if (error instanceof NoReading || error instanceof Unfillable) return { why: error.message };
      throw error;
    }
  }

  function find({ target: name, metric }: MetricPlace) {
    const { metrics } = catalog.settings();
    const target = parts.target(name);
    const found = metricOf(metrics, metric);
    if (!target || !found || !isOn(metrics?.[metric] ?? {}, name))
      throw new NoReading(`rollbot.yml has no metric "${metric}" for ${name}.`);
    const context = { run: 'reading', params: {}, target: target.vars, secrets: target.secrets, outputs: {} };
    return { metric: fillMetric(found, context), target };
  }

  const poller = createPoller({
    clock,
    log,
    async read(place) {
      const answer = await withMetric(place, async (metric) => await readSource(metric, ending.signal));
      return 'why' in answer ? { at: clock.now(), why: answer.why } : answer;
    },
    everyMs: ({ metric }) => metricOf(catalog.settings().metrics, metric)?.everyMs ?? UNKNOWN_EVERY_MS,
  });

  function remembered(place: MetricPlace, { from, to }: Window): readonly Sample[] {
    return poller.last(place).flatMap((each) => (isGap(each) || each.at < from || each.at > to ? [] : [each]));
  }

  return {
    now: poller.now,
    last: poller.last,
    subscribe: poller.subscribe,
    readSource,
    async window(place, window) {
      const asked = { clock, signal: ending.signal };
      return await withMetric(place, async ({ source }) => (await readWindow(source, window, asked)) ?? remembered(place, window));
    },
    async stop() {
      ending.abort();
      await poller.stop();
    },
  };
}

const LONGEST_WHY = 300;

/** One line without secrets, and only then cut to size. */
function tidy(why: string, secrets: readonly string[]): string {
  const plain = createPlainText();
  const line = createRedactor(secrets)
    .redact(plain.push(why) + plain.end())
    .replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST_WHY ? line : `${line.slice(0, LONGEST_WHY)}…`;
}

type Why = { readonly why: string };

function isWhy(answer: unknown): answer is Why {
  return typeof answer === 'object' && answer !== null && 'why' in answer;
}
