import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';
import { unknownName } from './unknown-name.ts';

/** Who is to be told hears of what can happen: of procedures and severities that there are. */
export function tellMistakes({ tell = [], severities = {} }: Settings, known: readonly string[]): readonly Finding[] {
  return tell.flatMap(({ on, procedures = [], severities: its = [] }, index) => {
    const path: Path = ['tell', index];
    const strange = on === 'run-started' ? (its.length > 0 ? 'severities' : null) : procedures.length > 0 ? 'procedures' : null;
    return [
      ...(strange === null
        ? []
        : [
            {
              path: [...path, strange],
              on: 'key' as const,
              says: `Found ${strange} beside "on: ${on}", which says nothing of them; expected none.`,
            },
          ]),
      ...procedures.flatMap((id, at) => unknownName(id, known, [...path, 'procedures', at], 'procedure', 'the files of procedures/')),
      ...its.flatMap((id, at) => unknownName(id, Object.keys(severities), [...path, 'severities', at], 'severity', '"severities"')),
    ];
  });
}
