import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding } from '../finding.ts';

/** Scripts of procedures or targets that there are not, of drills where none is allowed, and two of one name. */
export function exportMistakes({ exports = [], targets }: Settings, procedures: readonly string[]): readonly Finding[] {
  const names = Object.keys(targets);
  return exports.flatMap(({ file, procedure, target, drill }, index): readonly Finding[] => {
    const path = ['exports', index];
    const found = Object.hasOwn(targets, target) ? targets[target] : undefined;
    const twice = exports.findIndex((each) => each.file === file) < index;
    return [
      ...(twice ? [{ path: [...path, 'file'], says: `${file} is written twice; expected a file for each script.` }] : []),
      ...(procedures.includes(procedure)
        ? []
        : [{ path: [...path, 'procedure'], says: `There is no procedure "${procedure}".${didYouMean(procedure, procedures)}` }]),
      ...(found
        ? []
        : [{ path: [...path, 'target'], says: `There is no target "${target}".${didYouMean(target, names)} ${known(names)}` }]),
      ...(drill && found?.protected
        ? [{ path: [...path, 'drill'], says: `${target} is protected; expected a target where drills do no harm.` }]
        : []),
    ];
  });
}

function known(names: readonly string[]): string {
  return `The targets are ${sayList(names, 'and')}.`;
}
