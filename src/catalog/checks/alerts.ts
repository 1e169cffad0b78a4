import type { AlertSettings } from '../../core/alert/schema.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';

/** Alerts lead only to what there is: each source and each route names targets and procedures of ours. */
export function alertMistakes({ alerts, targets, triggers = {} }: Settings, procedures: readonly string[]): readonly Finding[] {
  if (!alerts) return [];
  return [
    ...Object.entries(alerts.sources).flatMap(([name, source]) => sourceMistakes(source, ['alerts', 'sources', name], targets)),
    ...(alerts.routes ?? []).flatMap((route, index) =>
      routeMistakes(route, ['alerts', 'routes', index], { alerts, targets, procedures, triggers }),
    ),
  ];
}

function sourceMistakes(
  { kind, targets, 'timestamp-header': header }: AlertSettings['sources'][string],
  path: Path,
  known: Settings['targets'],
): readonly Finding[] {
  const unknown = targets.flatMap((target, index) => noTarget(target, [...path, 'targets', index], known));
  if (header === undefined || kind === 'grafana') return unknown;
  const says = `A source of kind "${kind}" signs no time; expected "timestamp-header" at one of kind "grafana" only.`;
  return [...unknown, { path: [...path, 'timestamp-header'], on: 'key', says }];
}

type Known = {
  readonly alerts: AlertSettings;
  readonly targets: Settings['targets'];
  readonly procedures: readonly string[];
  readonly triggers: NonNullable<Settings['triggers']>;
};

function routeMistakes(
  { target, procedures: offered, triggers: named = [] }: NonNullable<AlertSettings['routes']>[number],
  path: Path,
  { alerts, targets, procedures, triggers }: Known,
): readonly Finding[] {
  const wrongTarget = noTarget(target, [...path, 'target'], targets);
  if (wrongTarget.length > 0) return wrongTarget;
  const spokenOf = Object.values(alerts.sources).some((source) => source.targets.includes(target));
  const silent = `No source may speak of ${target}, so this leads nowhere; expected ${target} in the "targets" of a source.`;
  return [
    ...(spokenOf ? [] : [{ path: [...path, 'target'], says: silent }]),
    ...offered.flatMap((id, index) => procedureMistakes(id, [...path, 'procedures', index], target, { targets, procedures })),
    ...named.flatMap((id, index) => triggerMistakes(id, [...path, 'triggers', index], target, triggers)),
  ];
}

function procedureMistakes(
  id: string,
  path: Path,
  target: string,
  { targets, procedures }: Pick<Known, 'targets' | 'procedures'>,
): readonly Finding[] {
  if (!procedures.includes(id)) {
    const expected = "Expected the name of a file of the procedures' folder, without .yml.";
    return [{ path, says: `There is no procedure "${id}".${didYouMean(id, procedures)} ${expected}` }];
  }
  const here = targets[target]?.procedures;
  if (!here || here.includes(id)) return [];
  return [{ path, says: `${id} may not run on ${target}; expected one of ${sayList(here, 'or')}, or ${id} in the target's "procedures".` }];
}

function triggerMistakes(id: string, path: Path, target: string, triggers: Known['triggers']): readonly Finding[] {
  const names = Object.keys(triggers);
  const trigger = Object.hasOwn(triggers, id) ? triggers[id] : undefined;
  if (!trigger) return [{ path, says: `There is no trigger "${id}".${didYouMean(id, names)} Expected one of "triggers".` }];
  if (trigger.targets?.includes(target) ?? true) return [];
  return [{ path, says: `${id} does not watch ${target}; expected a trigger that does, or ${target} in its "targets".` }];
}

function noTarget(target: string, path: Path, known: Settings['targets']): readonly Finding[] {
  if (Object.hasOwn(known, target)) return [];
  const names = Object.keys(known);
  return [{ path, says: `There is no target "${target}".${didYouMean(target, names)} The targets are ${sayList(names, 'and')}.` }];
}
