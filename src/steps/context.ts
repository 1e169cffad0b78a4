import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, StepRequest } from '../core/ports.ts';
import type { ReadSource } from '../core/reading/port.ts';
import type { Deadline } from './deadline.ts';
import type { ProcessGroup } from './process-group.ts';
import type { StepOutput } from './step-output.ts';

/** What every kind gets beside its action; nothing of it is a secret, and nothing of it can show one. */
export type DeedContext = Pick<StepRequest, 'run' | 'step' | 'attempt' | 'effect'> & {
  /** The whole environment of the target's programs. */
  readonly env: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly graceMs: number;
  readonly readMetric: ReadSource;
  /** The folder that belongs to this room. */
  readonly scratch: string;
  readonly deadline: Deadline;
  readonly output: StepOutput;
  onProcess(group: ProcessGroup): Promise<void>;
};

type Names = Pick<DeedContext, 'scratch' | 'run'>;

/** A folder of a run under `scratch`, made if need be and closed to other users. */
export async function scratchFolder({ scratch, run }: Names, purpose: 'work' | 'worktrees' | 'backups', step?: string): Promise<string> {
  const folder = join(scratch, purpose, ...[run, ...(step === undefined ? [] : [step])].map(fileName));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Ids are made of harmless characters; anything else would be a bug, and must not become a path. */
function fileName(id: string): string {
  if (!/^[A-Za-z0-9_][\w.-]*$/.test(id)) throw new Error(`"${id}" can't be the name of a folder.`);
  return id;
}
