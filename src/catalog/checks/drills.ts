import { channelOf } from '../../core/drill/drill.ts';
import type { Drill } from '../../core/drill/schema.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { valueMistake } from '../../core/procedure/param-value.ts';
import { inlineParts, partIdsOf } from '../../core/procedure/parts.ts';
import type { Procedure } from '../../core/procedure/schema.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding, Path } from '../finding.ts';

/** The procedures that there are; what can't be read is there and not found. */
export type Known = { readonly ids: readonly string[]; readonly find: (id: string) => Procedure | undefined };

/** A drill is of what may run where it is practised, which is never a protected target, and people are told of it. Roles are checked with all others. */
export function drillMistakes(settings: Settings, known: Known): readonly Finding[] {
  return Object.entries(settings.drills ?? {}).flatMap(([name, drill]) => {
    const path: Path = ['drills', name];
    return [...nowhereToTell(drill, path, settings), ...targetMistakes(drill, path, settings), ...procedureMistakes(drill, path, known)];
  });
}

function nowhereToTell(drill: Drill, path: Path, settings: Settings): readonly Finding[] {
  if (channelOf(drill, settings) !== null) return [];
  const says = 'Nobody would be told of this drill. Expected "channel" here, or "announce" under "channels".';
  return [{ path, on: 'key', says }];
}

function targetMistakes({ target: name, procedure }: Drill, path: Path, { targets }: Settings): readonly Finding[] {
  const names = Object.keys(targets);
  const free = names.filter((each) => !targets[each]?.protected);
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  const expected = free.length === 0 ? 'Expected a target without "protected: true".' : `Expected ${sayList(free)}.`;
  if (!target) return [{ path: [...path, 'target'], says: `There is no target "${name}".${didYouMean(name, names)} ${expected}` }];
  if (target.protected) return [{ path: [...path, 'target'], says: `${name} is protected, and nothing is practised there. ${expected}` }];
  if (target.procedures?.includes(procedure) ?? true) return [];
  const says = `${procedure} may not run on ${name}; expected ${procedure} in the "procedures" of that target, or another one.`;
  return [{ path: [...path, 'procedure'], says }];
}

function procedureMistakes(drill: Drill, path: Path, { ids, find }: Known): readonly Finding[] {
  const { procedure: id, params = {}, trouble } = drill;
  if (!ids.includes(id)) {
    const expected = "Expected the name of a file of the procedures' folder, without .yml.";
    return [{ path: [...path, 'procedure'], says: `There is no procedure "${id}".${didYouMean(id, ids)} ${expected}` }];
  }
  const procedure = wholeOf(id, find);
  if (!procedure) return [];
  const known = Object.entries(procedure.params ?? {});
  const values = Object.entries(params).flatMap(([name, value]): readonly Finding[] => {
    const param = known.find(([each]) => each === name)?.[1];
    const at: Path = [...path, 'params', name];
    if (!param)
      return [
        {
          path: at,
          on: 'key',
          says: `${id} has no parameter "${name}".${didYouMean(
            name,
            known.map(([each]) => each),
          )}`,
        },
      ];
    const mistake = value === 'last-good' && param.default === 'last-good' ? undefined : valueMistake(param, String(value));
    return mistake ? [{ path: at, says: `${name} ${mistake}` }] : [];
  });
  const lacking = known.filter(([name, param]) => param.default === undefined && !Object.hasOwn(params, name)).map(([name]) => name);
  const missing =
    lacking.length > 0 ? [{ path, on: 'key', says: `${id} needs ${sayList(lacking, 'and')}; expected it under "params".` } as const] : [];
  return [...values, ...missing, ...stepMistakes(trouble?.['failing-step'], path, procedure)];
}

/** With its parts; nothing where one of them can't be read, which is a mistake of its own. */
function wholeOf(id: string, find: Known['find']): Procedure | undefined {
  const procedure = find(id);
  const parts = procedure ? partIdsOf(procedure, find) : [];
  const isWhole = procedure !== undefined && !parts.includes(id) && parts.every((part) => find(part));
  return isWhole ? inlineParts(procedure, find).procedure : undefined;
}

/** Only a step that Rollbot itself does can be made to fail. */
function stepMistakes(id: string | undefined, path: Path, { steps }: Procedure): readonly Finding[] {
  if (id === undefined) return [];
  const able = steps.filter((step) => !step.manual && !step.procedure).map((step) => step.id);
  if (able.includes(id)) return [];
  const says = `There is no step "${id}" that Rollbot does.${didYouMean(id, able)} Expected ${sayList(able)}.`;
  return [{ path: [...path, 'trouble', 'failing-step'], says }];
}
