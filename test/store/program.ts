import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { COMPILED } from '../process/bot-process.ts';

export type Program = {
  readonly child: ChildProcess;
  /** The next line that it prints; null when it has ended. */
  line(): Promise<string | null>;
  /** Everything else that it prints, until it has ended. */
  rest(): Promise<readonly string[]>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
};

/** Starts one of the programs in `fixtures` as a process of its own. */
export function startProgram(name: string, ...args: readonly string[]): Program {
  const script = path.join(import.meta.dirname, 'fixtures', `${name}.ts`);
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...COMPILED } });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async (): Promise<string | null> => {
    const next = await lines.next();
    return next.done === true ? null : next.value;
  };
  return {
    child,
    line,
    async rest() {
      const all: string[] = [];
      for (let next = await line(); next !== null; next = await line()) all.push(next);
      await ended;
      return all;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
