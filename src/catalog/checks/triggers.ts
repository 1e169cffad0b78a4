import { sayDuration } from '../../core/duration.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { isOn, metricOf } from '../../core/reading/metric.ts';
import type { Unit } from '../../core/reading/schema.ts';
import type { Settings } from '../../core/settings.ts';
import { needsOf } from '../../core/trigger/needs.ts';
import { LAST_CHANGED } from '../../core/trigger/rule.ts';
import type { Trigger } from '../../core/trigger/schema.ts';
import { MOST_SAMPLES } from '../../core/trigger/series.ts';
import type { Finding, Path } from '../finding.ts';
import { noMetric } from './metric-names.ts';

/** Between two samples may lie no more than this, or too much happens unseen. */
const LONGEST_EVERY_MS = 60_000;

/** The title of the first step of a procedure that may take something away, or null. */
export type TakesAway = (id: string) => string | null;

/** A trigger watches what there is, where it is, and offers what may run there. Roles are checked with all others. */
export function triggerMistakes(settings: Settings, procedures: readonly string[], takesAway: TakesAway): readonly Finding[] {
  const named = Object.entries(settings.triggers ?? {});
  const rules = named.flatMap(([name, trigger]) => {
    const path: Path = ['triggers', name];
    const targets = targetMistakes(trigger, path, settings);
    return targets.length > 0
      ? targets
      : [
          ...procedureMistakes(trigger, path, settings, procedures),
          ...modeMistakes(trigger, path),
          ...containMistakes(trigger, path, { settings, procedures, takesAway }),
          ...readingMistakes(trigger, path, settings),
        ];
  });
  return [...(named.length > 0 ? nowhereToAsk(settings) : []), ...rules];
}

function nowhereToAsk({ alerts, channels }: Settings): readonly Finding[] {
  if ((alerts?.channel ?? channels.announce) !== undefined) return [];
  const says =
    'Nobody would see what these rules ask or are about to start. Expected a channel for it: "channel" under "alerts", or "announce" under "channels".';
  return [{ path: ['triggers'], on: 'key', says }];
}

function targetMistakes({ targets = [] }: Trigger, path: Path, settings: Settings): readonly Finding[] {
  const known = Object.keys(settings.targets);
  return targets.flatMap((target, index) => {
    const says = `There is no target "${target}".${didYouMean(target, known)} The targets are ${sayList(known, 'and')}.`;
    return known.includes(target) ? [] : [{ path: [...path, 'targets', index], says }];
  });
}

function procedureMistakes(trigger: Trigger, path: Path, settings: Settings, procedures: readonly string[]): readonly Finding[] {
  const { procedure, else: otherwise } = trigger;
  const changed = procedure === LAST_CHANGED;
  const named = [
    ...(changed ? [] : [['procedure', procedure] as const]),
    ...(otherwise === undefined ? [] : [['else', otherwise] as const]),
  ];
  const useless =
    otherwise === undefined || changed
      ? []
      : [{ path: [...path, 'else'], on: 'key', says: `"else" is for "procedure: ${LAST_CHANGED}"; expected it only there.` } as const];
  return [...useless, ...named.flatMap(([key, id]) => procedureMistake(id, [...path, key], targetsOf(trigger, settings), procedures))];
}

function procedureMistake(id: string, path: Path, targets: Targets, procedures: readonly string[]): readonly Finding[] {
  if (!procedures.includes(id)) {
    const expected = `Expected ${LAST_CHANGED}, or the name of a file of the procedures' folder, without .yml.`;
    return [{ path, says: `There is no procedure "${id}".${didYouMean(id, procedures)} ${expected}` }];
  }
  const closed = targets.find(([, target]) => target.procedures && !target.procedures.includes(id));
  return closed
    ? [{ path, says: `${id} may not run on ${closed[0]}; expected ${id} in the "procedures" of that target, or another one.` }]
    : [];
}

/** What was only reported is nothing that was measured. */
function modeMistakes({ when, mode }: Trigger, path: Path): readonly Finding[] {
  if (when.kind !== 'event' || mode === 'propose' || mode === 'shadow') return [];
  return [{ path: [...path, 'mode'], says: `What was reported starts nothing by itself; expected propose or shadow instead of ${mode}.` }];
}

/** What starts without anybody having been asked may take nothing away. */
function containMistakes(trigger: Trigger, path: Path, known: Known): readonly Finding[] {
  const { contain, when } = trigger;
  if (contain === undefined) return [];
  const at: Path = [...path, 'contain'];
  if (when.kind !== 'event') return [{ path: at, on: 'key', says: '"contain" is for "when: { kind: event }"; expected it only there.' }];
  const unknown = procedureMistake(contain, at, targetsOf(trigger, known.settings), known.procedures);
  const step = unknown.length > 0 ? null : known.takesAway(contain);
  if (step === null) return unknown;
  const says = `"${step}" of ${contain} may take something away, and this starts at once; expected a procedure whose steps are all read, idempotent or guarded.`;
  return [{ path: at, says }];
}

type Known = { readonly settings: Settings; readonly procedures: readonly string[]; readonly takesAway: TakesAway };

function readingMistakes({ when, ...trigger }: Trigger, path: Path, settings: Settings): readonly Finding[] {
  if (when.kind === 'event') return [];
  const { metrics, longestMs } = needsOf(when);
  const at: Path = [...path, 'when'];
  const { every } = when.timing;
  const times =
    every > LONGEST_EVERY_MS
      ? `Found ${sayDuration(every)}; expected a sample in 60s or oftener, because too much would happen unseen.`
      : longestMs / every > MOST_SAMPLES / 2
        ? `It has to look back ${sayDuration(longestMs)}, and no more than ${MOST_SAMPLES / 2} samples are kept of that; expected a longer "every".`
        : undefined;
  return [
    ...metrics.flatMap(({ name, where, units, counted }) => {
      const says = metricMistake({ name, units, counted, everyMs: every }, targetsOf(trigger, settings), settings);
      return says === undefined ? [] : [{ path: [...at, ...where], says }];
    }),
    ...(times === undefined ? [] : [{ path: [...at, 'timing', 'every'], says: times }]),
  ];
}

type Wanted = { readonly name: string; readonly units: readonly Unit[]; readonly counted: boolean; readonly everyMs: number };

function metricMistake({ name, units, counted, everyMs }: Wanted, targets: Targets, { metrics }: Settings): string | undefined {
  const metric = metricOf(metrics, name);
  const source = metrics?.[name];
  if (!metric || !source) return noMetric(name, Object.keys(metrics ?? {}));
  const lacking = targets.flatMap(([target]) => (isOn(source, target) ? [] : [target]));
  if (lacking.length > 0)
    return `There is no metric "${name}" on ${sayList(lacking, 'and')}; expected one on every target of this trigger.`;
  if (!units.includes(metric.unit)) return `"${name}" is in ${metric.unit}; expected a metric in ${sayList(units)}.`;
  if (counted && metric.source.samples === undefined) {
    return `"${name}" does not say how many requests it is drawn from, so nothing could ever be started by it; expected "samples" at the metric.`;
  }
  if (metric.everyMs <= everyMs) return undefined;
  return `"${name}" is read every ${sayDuration(metric.everyMs)}, and this expects it every ${sayDuration(everyMs)}; expected "timing: { every: … }" that is as long.`;
}

type Targets = readonly (readonly [name: string, target: Settings['targets'][string]])[];

function targetsOf({ targets }: Pick<Trigger, 'targets'>, settings: Settings): Targets {
  return Object.entries(settings.targets).filter(([name]) => targets?.includes(name) ?? true);
}
