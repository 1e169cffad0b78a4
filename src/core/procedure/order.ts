import type { Params } from '../incident/event.ts';
import type { OrderMistake } from '../ports.ts';
import type { Settings, Target } from '../settings.ts';
import { didYouMean, sayList } from './nearest.ts';
import { valueMistake } from './param-value.ts';
import type { Param, Procedure } from './schema.ts';

export { nearest } from './nearest.ts';
export { parseOrderText } from './order-text.ts';
export type { OrderText } from './order-text.ts';

/** A target by its name in `rollbot.yml`. */
export type NamedTarget = { readonly name: string; readonly target: Target };

/** The target that an order means: the one it names, else the default one. Refused where this procedure may not run there. */
export function resolveTarget(
  settings: Settings,
  procedure: string,
  typed: string | null,
): NamedTarget | { readonly mistake: OrderMistake } {
  const names = Object.keys(settings.targets);
  const name = typed ?? names.find((each) => settings.targets[each]?.default);
  const target = name !== undefined && Object.hasOwn(settings.targets, name) ? settings.targets[name] : undefined;
  if (name === undefined) return wrongTarget(null, `Say the target: ${sayList(names)}.`);
  if (!target)
    return wrongTarget(name, `There is no target "${name}".${didYouMean(name, names)} The targets are ${sayList(names, 'and')}.`);
  if (!(target.procedures?.includes(procedure) ?? true)) {
    const elsewhere = names.filter((each) => settings.targets[each]?.procedures?.includes(procedure) ?? true);
    const hint = elsewhere.length === 0 ? 'It may run nowhere yet.' : `It may run on ${sayList(elsewhere)}.`;
    return wrongTarget(name, `${procedure} may not run on ${name}: rollbot.yml does not list it there. ${hint}`);
  }
  return { name, target };
}

/**
 * The parameters of a run, in the procedure's order: what was typed where it is allowed, else the defaults. All mistakes are
 * answered at once, each with the parameter's name.
 */
export function resolveParams(
  procedure: Procedure,
  { name, target }: NamedTarget,
  typed: Params,
): { readonly params: Params } | { readonly mistakes: readonly OrderMistake[] } {
  const known = Object.entries(procedure.params ?? {});
  const names = known.map(([each]) => each);
  const mistakes = Object.keys(typed)
    .filter((each) => !names.includes(each))
    .map((each) => wrongParam(each, unknownParam(each, names)));
  const params: [string, string][] = [];
  for (const [each, param] of known) {
    const value = valueOf(each, param, { name, target }, Object.hasOwn(typed, each) ? typed[each] : undefined);
    if ('mistake' in value) mistakes.push(wrongParam(each, value.mistake));
    else params.push([each, value.value]);
  }
  return mistakes.length > 0 ? { mistakes } : { params: Object.fromEntries(params) };
}

type Value = { readonly value: string } | { readonly mistake: string };

function valueOf(name: string, param: Param, target: NamedTarget, typed: string | undefined): Value {
  const wanted = typed ?? (param.default === undefined ? undefined : String(param.default));
  if (wanted === undefined) return { mistake: `${name} is missing: add ${name}=<value> (${param.about}).` };
  const value = wanted === 'last-good' && param.default === 'last-good' ? lastGood(name, param, target) : { value: wanted };
  if ('mistake' in value) return value;
  const mistake = valueMistake(param, value.value);
  return mistake ? { mistake: `${name} ${mistake}` } : value;
}

function lastGood(name: string, param: Param, { name: targetName, target }: NamedTarget): Value {
  const of = param.of ?? '';
  const versions = target['last-good'] ?? {};
  const value = Object.hasOwn(versions, of) ? versions[of] : undefined;
  if (value !== undefined) return { value };
  return {
    mistake:
      `${targetName} has no last good version of ${of}. Name one with ${name}=<commit>, ` +
      `or set it in rollbot.yml under targets: ${targetName}: last-good: "${of}".`,
  };
}

function unknownParam(name: string, names: readonly string[]): string {
  const known = names.length === 0 ? 'This procedure has no parameters.' : `The parameters are ${sayList(names, 'and')}.`;
  return `There is no parameter "${name}".${didYouMean(name, names)} ${known} If it belongs to the reason, put the reason in quotes.`;
}

function wrongParam(name: string, says: string): OrderMistake {
  return { part: 'params', name, says };
}

function wrongTarget(name: string | null, says: string): { readonly mistake: OrderMistake } {
  return { mistake: { part: 'target', name, says } };
}
