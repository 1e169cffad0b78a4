import type { StreamId } from '../core/brand.ts';
import { answered, judgeReadings } from '../core/incident/criteria.ts';
import type { Answers, Criterion, CriterionReading } from '../core/incident/criteria.ts';
import type { IncidentState } from '../core/incident/state.ts';
import type { Catalog, Store } from '../core/ports.ts';
import { isOn, metricOf } from '../core/reading/metric.ts';
import type { Metric } from '../core/reading/metric.ts';
import type { Readings } from '../core/reading/port.ts';
import { isGap } from '../core/reading/reading.ts';

export type CriteriaParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly store: Pick<Store, 'load'>;
  readonly readings: Pick<Readings, 'now'>;
};

/** The checklist of an incident that is to be closed: metrics are read now, on each target that it has touched, and the rest is what people answered. */
export async function readCriteria(
  { catalog, store, readings }: CriteriaParts,
  stream: StreamId,
  answers: Answers,
  who: string,
): Promise<readonly Criterion[]> {
  const settings = catalog.settings();
  const criteria = settings['success-criteria'] ?? [];
  if (criteria.length === 0) return [];
  const targets = targetsOf((await store.load(stream)).state);
  return await Promise.all(
    criteria.map(async (criterion) => {
      const metric = criterion.metric === undefined ? null : metricOf(settings.metrics, criterion.metric);
      const places = targets.filter((target) => metric && isOn(settings.metrics?.[metric.name] ?? {}, target));
      // Where there is nothing to read it on, people have to say it.
      if (metric === null || places.length === 0) return answered(criterion, answers, who);
      return judgeReadings(criterion, await Promise.all(places.map(async (target) => await readOn(readings, metric, target))));
    }),
  );
}

async function readOn(readings: CriteriaParts['readings'], { name, unit }: Metric, target: string): Promise<CriterionReading> {
  const reading = await readings.now({ target, metric: name });
  return isGap(reading) ? { target, unit, why: reading.why } : { target, unit, value: reading.value };
}

function targetsOf(state: IncidentState): readonly string[] {
  return state.status === 'none' ? [] : [...new Set(state.runs.map(({ target }) => target.name))];
}
