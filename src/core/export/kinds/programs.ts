import type { RunAction, ShellAction } from '../../procedure/action.ts';
import { endOf } from '../here-document.ts';
import { wordOf, wordsOf } from '../word.ts';

/** A program with its arguments. */
export function runLines({ argv, cwd, stdin, exit }: RunAction<string>): readonly string[] {
  const call = stdin === undefined ? 'run_program' : `run_with_input ${wordOf(stdin)}`;
  return [within(cwd, exit, {}), `${call} ${wordsOf(argv)}`];
}

/** A fixed script, which is handed on as it stands. */
export function shellLines({ script, cwd, env, exit }: ShellAction<string>): readonly string[] {
  const end = endOf(script, 'SCRIPT');
  return [within(cwd, exit, env), `run_script <<'${end}'\n${script.trimEnd()}\n${end}`];
}

function within(cwd: string | undefined, exit: readonly number[], env: Readonly<Record<string, string>>): string {
  const extra = Object.entries(env).map(([name, value]) => `${name} ${wordOf(value)}`);
  return ['in_place', cwd === undefined ? "''" : wordOf(cwd), `'${exit.join(' ')}'`, ...extra].join(' ');
}
