import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { valueMistake } from '../../core/procedure/param-value.ts';
import type { Param } from '../../core/procedure/schema.ts';
import type { Finding, Path } from '../finding.ts';
import type { Subject } from './subject.ts';

/** A default is a value that could be typed, and `when` asks for values that a parameter can have. */
export function params({ procedure }: Subject): readonly Finding[] {
  const known = Object.entries(procedure.params ?? {});
  const conditions = procedure.steps.flatMap((step, index) =>
    // The conditions of a part are looked at in its own file, where its parameters may still have all their values.
    Object.entries(step.id.includes('_') ? {} : (step.when ?? {})).flatMap(([name, value]) =>
      conditionMistakes(known, name, String(value), ['steps', index, 'when', name]),
    ),
  );
  return [...known.flatMap(([name, param]) => paramMistakes(param, ['params', name])), ...conditions];
}

function paramMistakes(param: Param, path: Path): readonly Finding[] {
  const { type = 'text', choices, pattern, of } = param;
  const findings: Finding[] = [];
  if (choices && pattern !== undefined)
    findings.push({ path: [...path, 'pattern'], on: 'key', says: 'Found choices and a pattern; expected one of them.' });
  if (choices && type !== 'text') findings.push({ path: [...path, 'type'], says: `Found choices beside the type ${type}; expected text.` });
  if (param.default === 'last-good' && of === undefined) {
    findings.push({
      path: [...path, 'default'],
      says: 'last-good of what? Expected "of" beside it, with a deployable such as worker:api.',
    });
  }
  if (of !== undefined && param.default !== 'last-good') {
    findings.push({ path: [...path, 'of'], on: 'key', says: '"of" belongs to a default of last-good; expected that default, or no "of".' });
  }
  if (param.default === undefined || param.default === 'last-good') return findings;
  const mistake = valueMistake(param, String(param.default));
  return mistake ? [...findings, { path: [...path, 'default'], says: `The default ${mistake}` }] : findings;
}

function conditionMistakes(known: readonly (readonly [string, Param])[], name: string, value: string, path: Path): readonly Finding[] {
  const names = known.map(([each]) => each);
  const param = known.find(([each]) => each === name)?.[1];
  if (!param)
    return [
      { path, on: 'key', says: `There is no parameter "${name}".${didYouMean(name, names)} Expected one of this file's parameters.` },
    ];
  if (!param.choices || param.choices.includes(value)) return [];
  return [{ path, says: `"${value}" is no choice of ${name}.${didYouMean(value, param.choices)} Expected ${sayList(param.choices)}.` }];
}
