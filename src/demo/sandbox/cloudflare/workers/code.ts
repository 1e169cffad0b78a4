import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Handler } from '../../bindings.ts';

/** What was uploaded, ready to be run. */
export type Code = {
  readonly fetch: Handler;
  /** Everything that the main module exports, the classes of Durable Objects among it. */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly handlers: readonly string[];
  readonly etag: string;
};
export type Module = { readonly name: string; readonly content: Uint8Array };

const Loaded = z.looseObject({ default: z.looseObject({ fetch: z.custom<Handler>((value) => typeof value === 'function') }) });
/** A name that stays inside the folder. */
const MODULE_NAME = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w@. -]+(?:\/[\w@. -]+)*$/;

/** Writes the modules of a Worker to a folder of their own and loads them; throws when they can't be run, and leaves nothing then. */
export async function loadCode(folder: string, modules: readonly Module[], main: string): Promise<Code> {
  try {
    const etag = createHash('sha256');
    await mkdir(folder, { mode: 0o700 });
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
    for (const { name, content } of modules) {
      if (!MODULE_NAME.test(name)) throw new Error(`"${name}" is no name for a module.`);
      const file = join(folder, name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, content);
      etag.update(name).update(content);
    }
    const loaded: unknown = await import(pathToFileURL(join(folder, main)).href);
    const exported = Loaded.parse(loaded);
    const worker = exported.default;
    const handlers = Object.keys(worker).filter((name) => typeof worker[name] === 'function');
    return { fetch: worker.fetch, exports: exported, handlers, etag: etag.digest('hex') };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
