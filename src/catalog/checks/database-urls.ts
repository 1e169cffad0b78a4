import { DEFAULT_REDIS_URL, DEFAULT_SQL_URL } from '../../core/procedure/normal-action.ts';
import { referencesIn } from '../../core/reference.ts';
import type { Finding } from '../finding.ts';
import { actionsOf } from './actions-of.ts';
import { unknownReference } from './reference-targets.ts';
import type { Subject } from './subject.ts';

/** A Redis or SQL action without `url` means a variable or a secret of the target, which then has to be there. */
export function databaseUrls(subject: Subject): readonly Finding[] {
  return actionsOf(subject).flatMap(({ action, path }) => {
    const key = action.kind.startsWith('redis-') ? 'redis' : action.kind;
    const usual = key === 'redis' ? DEFAULT_REDIS_URL : DEFAULT_SQL_URL;
    if ((key !== 'redis' && key !== 'sql') || !('url' in action) || action.url !== usual) return [];
    const missing = referencesIn(usual).map((reference) => unknownReference(reference, path, subject))[0];
    return missing ? [{ path: [...path, key], says: `Without a url this means ${usual}. ${missing}` }] : [];
  });
}
