import type { PinnedTarget } from '../incident/event.ts';
import type { Reference } from '../reference.ts';
import { quote } from './word.ts';

/** What a script knows of its target: the values that its items refer to, where their secrets are found, and the environment of its programs. */
export function targetLines({ vars, secretSources, env }: PinnedTarget, references: readonly Reference[]): string {
  const used = (scope: Reference['scope']): readonly string[] => [
    ...new Set(references.flatMap((each) => (each.scope === scope && each.path[0] !== undefined ? [each.path[0]] : []))),
  ];
  const values = used('target').toSorted();
  const secrets = used('secrets').toSorted();
  const passed = Object.values(env).flatMap((value) => (typeof value === 'string' ? [] : [value.from]));
  return `declare -A TARGET=(
${values.map((name) => `  [${name}]=${quote(vars[name] ?? '')}\n`).join('')})

# Where each secret is found when it is needed.
declare -A SECRET=(
${secrets.map((name) => `  [${name}]=${quote(sourceOf(secretSources[name]))}\n`).join('')})

# What programs of the target are handed of this script's own environment.
PASSED_ON=(${[...new Set(passed)].map(quote).join(' ')})

# The whole environment of the target's programs.
target_environment() {
  local -A own=()
  local name
  for name in \${PASSED_ON[@]+"\${PASSED_ON[@]}"}; do if [[ -n \${!name-} ]]; then own[$name]=\${!name}; fi; done
  forget_environment
${Object.entries(env).map(environmentLine).join('')}}

about_secrets() {
  cat <<'SECRETS'
${secrets.map((name) => `  ${sourceOf(secretSources[name]).replace(':', ' ')}  (${name})\n`).join('') || '  nowhere: it needs none\n'}SECRETS
}
`;
}

function sourceOf(source: PinnedTarget['secretSources'][string] | undefined): string {
  if (!source) return 'env:UNSET';
  return 'env' in source ? `env:${source.env}` : `file:${source.file}`;
}

function environmentLine([name, value]: [string, string | { readonly from: string }]): string {
  if (typeof value === 'string') return `  export ${name}=${quote(value)}\n`;
  return `  if [[ -n \${own[${value.from}]-} ]]; then export ${name}="\${own[${value.from}]}"; fi\n`;
}
