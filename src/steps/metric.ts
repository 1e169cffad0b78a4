import type { MetricAction } from '../core/procedure/action.ts';
import { isGap } from '../core/reading/reading.ts';
import { sayValue } from '../core/reading/unit.ts';
import type { DeedContext } from './context.ts';
import { failed } from './deed.ts';
import type { Deed } from './deed.ts';

/** Reads a metric as the run has pinned it: the same number that watches and cards read. Where there is none, nothing holds. */
export async function metric({ name, metric: pinned }: MetricAction<string>, { deadline, readMetric }: DeedContext): Promise<Deed> {
  if (pinned === null) return failed(`There is no metric "${name}": add it under metrics in rollbot.yml.`);
  const { title, unit } = pinned;
  const answered = await deadline.within(readMetric(pinned, deadline.signal));
  if (!answered) return deadline.signal.reason === 'timeout' ? failed(`${title} could not be read in time.`) : deadline.deed();
  const reading = answered.value;
  if (isGap(reading)) return failed(`There is no reading of ${title}. ${reading.why}`);
  const { value, n } = reading;
  if (n === 0) return failed(`There is no reading of ${title}: it is drawn from nothing, because nobody has asked for anything.`);
  const drawn = n === undefined ? '' : `, drawn from ${sayValue(n, 'count')}`;
  return {
    status: 'done',
    says: `${title}: ${sayValue(value, unit)}${drawn}.`,
    value,
    json: { value, ...(n !== undefined && { samples: n }) },
  };
}
