import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts } from '../core/doctor/port.ts';
import { metricOf, namesOn } from '../core/reading/metric.ts';
import type { MetricPlace } from '../core/reading/port.ts';
import { isGap } from '../core/reading/reading.ts';

const CHECK = 'metrics';

/** Whether every metric of every target can be read now, and is what its unit says: a percent taken for a ratio holds wherever it should not. */
export async function checkMetrics(parts: DoctorParts): Promise<readonly DoctorFinding[]> {
  const { metrics, targets } = parts.catalog.settings();
  const places = Object.keys(targets).flatMap((target) => namesOn(metrics, target).map((metric) => ({ target, metric })));
  const found = (await Promise.all(places.map(async (place) => await look(place, parts)))).flat();
  if (found.length > 0 || places.length === 0) return found;
  return [{ check: CHECK, level: 'ok', says: 'Every metric can be read.', advice: null }];
}

async function look(place: MetricPlace, { catalog, metric: read }: DoctorParts): Promise<readonly DoctorFinding[]> {
  const metric = metricOf(catalog.settings().metrics, place.metric);
  const reading = await read(place);
  const what = `${place.metric} of ${place.target}`;
  if (isGap(reading)) {
    const advice = `What is verified or watched by it can't be: mend metrics: ${place.metric} in rollbot.yml, or what it reads. Where nobody uses the target now, that may be all.`;
    return [{ check: CHECK, level: 'warning', says: `${what} can't be read. ${reading.why}`, advice }];
  }
  if (metric?.unit !== 'ratio' || (reading.value >= 0 && reading.value <= 1)) return [];
  const says = `${what} is ${reading.value}, and a ratio is from 0 to 1.`;
  return [{ check: CHECK, level: 'warning', says, advice: `Where it is a percentage, divide it by 100 in metrics: ${place.metric}.` }];
}
