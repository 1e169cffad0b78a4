import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';

const Names = z.array(z.string()).optional();
const Migration = z.looseObject({ tag: z.string(), new_classes: Names, new_sqlite_classes: Names, deleted_classes: Names });
/** What an environment does not inherit. */
const Own = {
  name: z.string().optional(),
  vars: z.record(z.string(), z.string()).default({}),
  hyperdrive: z.array(z.object({ binding: z.string(), id: z.string() })).default([]),
  durable_objects: z.object({ bindings: z.array(z.object({ name: z.string(), class_name: z.string() })) }).default({ bindings: [] }),
};
const File = z.looseObject({
  ...Own,
  main: z.string(),
  compatibility_date: z.string().optional(),
  migrations: z.array(Migration).default([]),
  env: z.record(z.string(), z.looseObject({ ...Own, migrations: z.array(Migration).optional() })).default({}),
});

/** A Worker as `wrangler.toml` describes it for one environment. */
export type WorkerConfig = {
  readonly name: string;
  readonly main: string;
  readonly compatibilityDate: string | undefined;
  readonly bindings: readonly { readonly name: string; readonly type: string }[];
  readonly migrations: readonly z.infer<typeof Migration>[];
};

/** Reads an environment of the checkout's `wrangler.toml`. */
export function readConfig(checkout: string, environment: string): WorkerConfig {
  if (environment === '') throw new Error('Name the environment: wrangler deploy --env production.');
  const file = File.parse(parse(readFileSync(join(checkout, 'wrangler.toml'), 'utf8')));
  const own = file.env[environment];
  if (!own) throw new Error(`No environment found in wrangler.toml with the name "${environment}".`);
  return {
    name: own.name ?? `${file.name ?? 'worker'}-${environment}`,
    main: file.main,
    compatibilityDate: file.compatibility_date,
    bindings: [
      ...Object.entries(own.vars).map(([name, text]) => ({ name, type: 'plain_text', text })),
      ...own.hyperdrive.map(({ binding, id }) => ({ name: binding, type: 'hyperdrive', id })),
      ...own.durable_objects.bindings.map((each) => ({ ...each, type: 'durable_object_namespace' })),
    ],
    migrations: own.migrations ?? file.migrations,
  };
}

/** The name of the Worker that a command is about, as wrangler finds it: said, or in the file of the folder. */
export function nameOfWorker(checkout: string, { name, env }: { name?: string | undefined; env?: string | undefined }): string {
  if (name) return name;
  if (env) return readConfig(checkout, env).name;
  const file = join(checkout, 'wrangler.toml');
  const found = existsSync(file) ? File.parse(parse(readFileSync(file, 'utf8'))).name : undefined;
  if (found) return found;
  throw new Error(
    'You need to provide a name for your Worker. Either pass it as a CLI arg with `--name <name>` or set the `name` field in your Wrangler configuration file (e.g. wrangler.json).',
  );
}
