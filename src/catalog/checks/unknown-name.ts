import { didYouMean } from '../../core/procedure/nearest.ts';
import type { Finding, Path } from '../finding.ts';

/** The mistake of a name that stands for nothing; none where it is known. */
export function unknownName(name: string, known: readonly string[], path: Path, what: string, where: string): readonly Finding[] {
  return known.includes(name) ? [] : [{ path, says: `There is no ${what} "${name}".${didYouMean(name, known)} Expected one of ${where}.` }];
}
