import { SETTINGS, mistakesOf } from '../workplace.ts';

const VARS = 'vars: { cache_marker: the-cache, state_dir: /var/lib/shop, repo: /srv/shop, ';
const WITH_VARS = SETTINGS.replaceAll('vars: { ', VARS)
  .replaceAll('protected: true', "protected: true\n    last-good: { 'worker:api': v1.4.2 }")
  .replace('default: true', "default: true\n    last-good: { 'worker:api': v1.4.2 }");

const HEAD = 'title: Try out\ncomponent: Shop\nlocks: [shop:main]\n';
const STEPS = `steps:
  - id: nothing
    title: Change nothing that matters
    run: [touch, /var/lib/shop/tried]
    effect: idempotent
    undo: { none: it only marks }
`;
const VERIFY = 'verify:\n  - title: The shop answers\n    http: https://shop.example/health\n';

/** A whole procedure out of a part of one: what it lacks is something that no rule minds. */
export function whole(part: string): string {
  return `${HEAD}${part}${/^steps:/m.test(part) ? '' : STEPS}${/^verify:/m.test(part) ? '' : VERIFY}`;
}

/** What `rollbot check` says about a part of a procedure. */
export async function lintOf(part: string): Promise<readonly string[]> {
  return await mistakesOf({ 'rollbot.yml': WITH_VARS, 'procedures/try.yml': whole(part) });
}

/** What it says about a script in a step, or in a check of `verify`. */
export async function lintOfScript(script: string, as: 'step' | 'check' = 'step'): Promise<readonly string[]> {
  const text = JSON.stringify(script);
  if (as === 'check') return await lintOf(`verify:\n  - title: Look\n    shell: ${text}\n`);
  return await lintOf(`steps:\n  - { id: try, title: Try, shell: ${text}, effect: idempotent, undo: { none: it is tried again } }\n`);
}

/** Only the rules that were broken, each once. */
export function rulesIn(mistakes: readonly string[]): readonly string[] {
  return [...new Set(mistakes.map((each) => /\(([a-z-]+)\)$/.exec(each)?.[1] ?? `not a hazard: ${each}`))];
}
