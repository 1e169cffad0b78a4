import type { ComponentState } from '../component/state.ts';
import type { Params } from '../incident/event.ts';
import type { OrderMistake } from '../ports.ts';
import type { Settings, Target } from '../settings.ts';
import { goodVersion } from './last-good.ts';
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

/** What is known of a deployable on the target of an order. */
export type Known = (deployable: string) => ComponentState;
/** The parameters of a run; `why` says of those that stood for the last good version which one that is and why. */
export type Resolved = { readonly params: Params; readonly why: Params };

/**
 * The parameters of a run, in the procedure's order: what was typed where it is allowed, else the defaults. All mistakes are
 * answered at once, each with the parameter's name.
 */
export function resolveParams(
  procedure: Procedure,
  { name, target }: NamedTarget,
  typed: Params,
  knownOf: Known = () => ({ status: 'none' }),
): Resolved | { readonly mistakes: readonly OrderMistake[] } {
  const known = Object.entries(procedure.params ?? {});
  const names = known.map(([each]) => each);
  const mistakes = Object.keys(typed)
    .filter((each) => !names.includes(each))
    .map((each) => wrongParam(each, unknownParam(each, names)));
  const params: [string, string][] = [];
  const why: [string, string][] = [];
  for (const [each, param] of known) {
    const value = valueOf(each, param, { name, target }, { typed: Object.hasOwn(typed, each) ? typed[each] : undefined, knownOf });
    if ('mistake' in value) {
      mistakes.push(wrongParam(each, value.mistake));
      continue;
    }
    params.push([each, value.value]);
    if (value.why !== undefined) why.push([each, value.why]);
  }
  return mistakes.length > 0 ? { mistakes } : { params: Object.fromEntries(params), why: Object.fromEntries(why) };
}

/** The deployables of which an order needs the last good version. */
export function lastGoodsOf(procedure: Procedure, typed: Params): readonly string[] {
  const wanted = Object.entries(procedure.params ?? {}).filter(([name, param]) => {
    const value = Object.hasOwn(typed, name) ? typed[name] : 'last-good';
    return param.default === 'last-good' && value === 'last-good';
  });
  return [...new Set(wanted.flatMap(([, { of }]) => of ?? []))];
}

type Value = { readonly value: string; readonly why?: string } | { readonly mistake: string };
type Given = { readonly typed: string | undefined; readonly knownOf: Known };

function valueOf(name: string, param: Param, target: NamedTarget, { typed, knownOf }: Given): Value {
  const wanted = typed ?? (param.default === undefined ? undefined : String(param.default));
  if (wanted === undefined) return { mistake: `${name} is missing: add ${name}=<value> (${param.about}).` };
  const value = wanted === 'last-good' && param.default === 'last-good' ? lastGood(name, param, target, knownOf) : { value: wanted };
  if ('mistake' in value) return value;
  const mistake = valueMistake(param, value.value);
  return mistake ? { mistake: `${name} ${mistake}` } : value;
}

function lastGood(name: string, { of = '' }: Param, target: NamedTarget, knownOf: Known): Value {
  const good = goodVersion(of, target, knownOf(of));
  if (!('says' in good)) return { value: good.version, why: good.why };
  return {
    mistake:
      `${good.says} Name one with ${name}=<commit>, say which is good with \`/rollback good ${of} <version> ${target.name}\`, ` +
      `or set it in rollbot.yml under targets: ${target.name}: last-good: "${of}".`,
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
