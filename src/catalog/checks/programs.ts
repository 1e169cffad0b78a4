import { basename } from 'node:path';
import { parseText } from '../../core/reference.ts';
import type { Action } from '../../core/procedure/action.ts';
import type { Finding } from '../finding.ts';
import { pathOf } from './subject.ts';
import type { Subject } from './subject.ts';

const SHELLS = ['sh', 'bash', 'dash', 'zsh', 'ksh'];
const INTERPRETERS = ['node', 'deno', 'python', 'python3', 'perl', 'ruby', 'psql', 'ssh', 'eval', 'xargs', 'env', 'sudo'];

/** A `run` whose arguments another program would read as code: a shell, or an interpreter that gets a value from outside. */
export function programs(subject: Subject): readonly Finding[] {
  return subject.items.flatMap((item) => {
    const says = codeIn(item.probe.action);
    return says ? [{ path: [...pathOf(item, subject), 'run'], says }] : [];
  });
}

function codeIn(action: Action): string | undefined {
  if (action.kind !== 'run') return undefined;
  const [program = '', ...rest] = action.argv;
  const name = basename(program);
  if (SHELLS.includes(name) && rest.some((each) => /^-[a-z]*c$/.test(each)))
    return `Found ${name} -c; expected "shell:", which takes what varies from its environment.`;
  if (INTERPRETERS.includes(name) && rest.some(comesFromOutside)) {
    return `Found a parameter or an output among the arguments of ${name}, which may read it as code; expected it in the environment of a "shell:".`;
  }
  return undefined;
}

function comesFromOutside(text: string): boolean {
  const pieces = parseText(text);
  return (
    !('mistake' in pieces) && pieces.some((piece) => typeof piece !== 'string' && (piece.scope === 'params' || piece.scope === 'steps'))
  );
}
