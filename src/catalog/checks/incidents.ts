import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';
import { noMetric } from './metric-names.ts';

/** The metrics that are looked at when an incident is closed are there, and each criterion has a title of its own. */
export function criteriaMistakes({ 'success-criteria': criteria = [], metrics = {} }: Settings): readonly Finding[] {
  return criteria.flatMap(({ title, metric }, index): readonly Finding[] => {
    const path: Path = ['success-criteria', index];
    const twice = criteria.findIndex((each) => each.title === title) < index;
    return [
      ...(twice
        ? [{ path: [...path, 'title'], says: 'This title is there already; expected another one, because answers go by it.' }]
        : []),
      ...(metric === undefined || Object.hasOwn(metrics, metric)
        ? []
        : [{ path: [...path, 'metric'], says: noMetric(metric, Object.keys(metrics)) }]),
    ];
  });
}

/** The roles that severities want told, for the check of all roles that are named. */
export function rolesTold({ severities = {} }: Pick<Settings, 'severities'>): readonly { readonly role: string; readonly path: Path }[] {
  return Object.entries(severities).flatMap(([id, { tell = [] }]) =>
    tell.map((role, index) => ({ role, path: ['severities', id, 'tell', index] })),
  );
}
