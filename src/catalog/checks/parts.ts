import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import { passedOn, valueOf } from '../../core/procedure/part-items.ts';
import { partIdsOf } from '../../core/procedure/parts.ts';
import type { FindProcedure } from '../../core/procedure/parts.ts';
import { valueMistake } from '../../core/procedure/param-value.ts';
import type { Param, Part, Procedure } from '../../core/procedure/schema.ts';
import type { Finding, Path } from '../finding.ts';

export type Sources = { readonly ids: readonly string[]; readonly find: FindProcedure };

/** Every part is a procedure that can be read and does not lead back here; it gets the values it needs, and its locks are held. */
export function parts(id: string, procedure: Procedure, sources: Sources): readonly Finding[] {
  return procedure.steps.flatMap(({ procedure: call, ...step }, index) => {
    if (!call) return [];
    const path: Path = ['steps', index, 'procedure'];
    const part = sources.find(call.id);
    const unknown = part ? circle(id, call, part, sources.find) : missing(call.id, sources.ids);
    if (!part || unknown) return [{ path: [...path, 'id'], says: unknown ?? '' }];
    return [
      ...ownKeys(step, ['steps', index]),
      ...namedSteps(call, part, path),
      ...values(call, part, procedure, path),
      ...locks(call.id, part, procedure),
    ];
  });
}

function missing(wanted: string, ids: readonly string[]): string {
  if (ids.includes(wanted)) return `${wanted}.yml has a mistake of its own; expected a procedure that can be read.`;
  return `There is no procedure "${wanted}".${didYouMean(wanted, ids)} Expected the name of a file beside this one.`;
}

function circle(id: string, call: Part, part: Procedure, find: FindProcedure): string | undefined {
  if (call.id !== id && !partIdsOf(part, find).includes(id)) return undefined;
  return `${call.id} calls ${id} again; expected a part that does not lead back here.`;
}

/** What a part does is written in the part. */
function ownKeys(step: object, path: Path): readonly Finding[] {
  const more = Object.keys(step).filter((key) => !['id', 'title', 'when', 'after'].includes(key));
  return more.map((key) => ({ path: [...path, key], on: 'key', says: `"${key}" belongs to the steps of the part; expected it there.` }));
}

function namedSteps({ id, only, without }: Part, part: Procedure, path: Path): readonly Finding[] {
  const known = part.steps.map((step) => step.id);
  const wrong = (key: 'only' | 'without', named: readonly string[] = []) =>
    named.flatMap((each, place) =>
      known.includes(each)
        ? []
        : [{ path: [...path, key, place], says: `${id} has no step "${each}".${didYouMean(each, known)} Expected ${sayList(known)}.` }],
    );
  return [...wrong('only', only), ...wrong('without', without)];
}

function values(call: Part, part: Procedure, caller: Procedure, path: Path): readonly Finding[] {
  const known = Object.entries(part.params ?? {});
  const names = known.map(([name]) => name);
  const strangers = Object.keys(call.with ?? {}).filter((name) => !names.includes(name));
  return [
    ...strangers.map((name): Finding => ({
      path: [...path, 'with', name],
      on: 'key',
      says: `${call.id} has no parameter "${name}".${didYouMean(name, names)} Expected one of its parameters.`,
    })),
    ...known.flatMap(([name, param]) => {
      const says = valueProblem(call, name, param, caller);
      return says === undefined ? [] : [{ path: Object.hasOwn(call.with ?? {}, name) ? [...path, 'with', name] : path, says }];
    }),
  ];
}

function valueProblem(call: Part, name: string, param: Param, caller: Procedure): string | undefined {
  const value = valueOf({ call }, name, param);
  if (value === undefined) return `${call.id} needs ${name} (${param.about}); expected it under "with".`;
  const handed = passedOn(value);
  if (handed === undefined) {
    const mistake = value.includes('${') ? 'is no fixed value and no parameter; expected ${params.<name>}.' : valueMistake(param, value);
    return mistake && `${name} ${mistake}`;
  }
  const own = caller.params?.[handed];
  if (!own) return `There is no parameter "${handed}".${didYouMean(handed, Object.keys(caller.params ?? {}))} Expected one of this file's.`;
  return sameRule(own, param)
    ? undefined
    : `"${handed}" may be what ${call.id} does not allow for ${name}; expected the same type, choices and pattern.`;
}

function sameRule(own: Param, part: Param): boolean {
  const narrower = own.choices?.every((choice) => part.choices?.includes(choice) ?? valueMistake(part, choice) === undefined);
  if (narrower !== undefined) return narrower;
  return (
    part.choices === undefined &&
    (own.type ?? 'text') === (part.type ?? 'text') &&
    own.pattern === part.pattern &&
    (own.dash ?? false) === (part.dash ?? false)
  );
}

function locks(id: string, part: Procedure, caller: Procedure): readonly Finding[] {
  if (caller.locks.includes('*')) return [];
  const open = part.locks.filter((lock) => !caller.locks.includes(lock));
  return open.length === 0 ? [] : [{ path: ['locks'], says: `${id} also claims ${sayList(open, 'and')}; expected that here too, or "*".` }];
}
