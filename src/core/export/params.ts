import type { NamedTarget } from '../procedure/order.ts';
import { resolveParams } from '../procedure/order.ts';
import type { Param, Procedure } from '../procedure/schema.ts';
import type { Params } from '../incident/event.ts';
import { portablePattern } from './portable-pattern.ts';
import { quote } from './word.ts';

/** A parameter in a script: what it has unless somebody says otherwise, why, and whether anybody may. */
export type ScriptParam = {
  readonly name: string;
  readonly param: Param;
  readonly value: string | undefined;
  readonly why: string | undefined;
  readonly fixed: boolean;
};

/**
 * The parameters of a script. What is given now is fixed in it; what has one choice only is, too; everything else stays an
 * option of the script, with the same rules. What has no value yet has to be given when the script runs.
 */
export function scriptParams(
  procedure: Procedure,
  target: NamedTarget,
  given: Params,
): readonly ScriptParam[] | { readonly mistakes: readonly string[] } {
  const known = Object.entries(procedure.params ?? {});
  const strangers = Object.keys(given).filter((name) => !known.some(([each]) => each === name));
  const mistakes = strangers.length === 0 ? [] : saysOf(resolveParams(procedure, target, pick(given, strangers)), strangers);
  const params = known.map(([name, param]): ScriptParam => {
    const typed = Object.hasOwn(given, name);
    const resolved = resolveParams({ ...procedure, params: { [name]: param } }, target, typed ? pick(given, [name]) : {});
    if ('mistakes' in resolved && typed) mistakes.push(...saysOf(resolved, [name]));
    const found = 'mistakes' in resolved ? undefined : resolved;
    return { name, param, value: found?.params[name], why: found?.why[name], fixed: typed || param.choices?.length === 1 };
  });
  return mistakes.length > 0 ? { mistakes } : params;
}

/** The functions of a script that know its parameters. */
export function paramLines(params: readonly ScriptParam[]): string {
  const open = params.filter(({ fixed }) => !fixed);
  const rules = open.map(({ name, param }) => `    ${name})\n${ruleLines(param)}      ;;\n`).join('');
  const values = params.map(({ name, value }) => `  [${name}]=${quote(value ?? '')}\n`).join('');
  return `declare -A PARAM=(
${values})

# Why a value may not be given to a parameter; nothing where it may.
param_mistake() {
  case $1 in
${rules}    *) echo "is no parameter of this script" ;;
  esac
}

about_params() {
  cat <<'PARAMS'
${open.map(aboutLine).join('') || '  none\n'}PARAMS
}
`;
}

function aboutLine({ name, param, value, why }: ScriptParam): string {
  const choices = param.choices ? ` (${param.choices.join(', ')})` : '';
  const unless = value === undefined ? '; has to be given' : `; ${value} unless it is given${why === undefined ? '' : `, ${why}`}`;
  return `  ${name}=<value>  ${param.about}${choices}${unless}\n`;
}

function ruleLines({ type = 'text', choices, pattern, dash }: Param): string {
  const lines = [
    'plain_text "$2"',
    ...(dash ? [] : ['no_dash "$2"']),
    ...(choices ? [`one_of "$2" ${choices.map(quote).join(' ')}`] : []),
    ...(pattern === undefined ? [] : [`looks_like "$2" ${quote(portablePattern(pattern, 'whole'))}`]),
    ...(type === 'text' ? [] : [type === 'integer' ? 'whole_number "$2"' : 'git_name "$2"']),
  ];
  return lines.map((line) => `      ${line}\n`).join('');
}

function pick(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)));
}

function saysOf(resolved: ReturnType<typeof resolveParams>, names: readonly string[]): string[] {
  return 'mistakes' in resolved ? resolved.mistakes.flatMap(({ name, says }) => (name !== null && names.includes(name) ? [says] : [])) : [];
}
