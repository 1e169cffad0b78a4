import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Settings = z.strictObject({ serviceUrl: z.url(), latencyMs: z.number() });
type Settings = z.infer<typeof Settings>;

/** What a stand-in tool knows of the sandbox that it belongs to. */
export type SandboxFolder = Settings & {
  /** Where deployed code lies, a folder each. */
  readonly deployments: string;
  /** The first of these faults that is switched on. */
  fault<Name extends string>(names: readonly Name[]): Name | null;
};

/** Throws when the folder holds no sandbox. */
export function readSandbox(folder: string): SandboxFolder {
  const settings = Settings.parse(JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8')));
  return {
    ...settings,
    deployments: join(folder, 'deployments'),
    fault: (names) => names.find((name) => existsSync(join(folder, 'faults', name))) ?? null,
  };
}
