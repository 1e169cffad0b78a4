import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the sandbox writes down for its tools. */
export type ToolSettings = { readonly latencyMs: number };

/** What a stand-in tool knows of the sandbox that it belongs to. */
export type SandboxFolder = ToolSettings & {
  /** The first of these faults that is switched on. */
  fault<Name extends string>(names: readonly Name[]): Name | null;
};

/** Throws when the folder holds no sandbox. */
export function readSandbox(folder: string): SandboxFolder {
  const settings = JSON.parse(readFileSync(join(folder, 'sandbox.json'), 'utf8')) as ToolSettings;
  return { ...settings, fault: (names) => names.find((name) => existsSync(join(folder, 'faults', name))) ?? null };
}
