import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WorkerConfig } from './wrangler-config.ts';

/** The code of a clean checkout, and which commit it is. */
export type Bundle = {
  readonly commit: string;
  readonly modules: readonly { readonly name: string; readonly content: Buffer }[];
  readonly bytes: number;
};
export type Migrations = { readonly old_tag?: string; readonly new_tag: string; readonly steps: readonly object[] };
export type Said = {
  readonly message: string | undefined;
  readonly tag: string | undefined;
  readonly migrations?: Migrations | undefined;
};

/** Takes everything that git knows beside the main module; refuses a checkout of which nobody could say later what it was. */
export function readBundle(checkout: string, { main }: WorkerConfig): Bundle {
  const changes = git(checkout, ['status', '--porcelain']);
  if (changes !== '') throw new Error(`The checkout has changes that are not committed, so nobody could say what is deployed:\n${changes}`);
  const names = git(checkout, ['ls-files', '-z', '--', dirname(main)])
    .split('\0')
    .filter(Boolean);
  const modules = names.map((name) => ({ name, content: readFileSync(join(checkout, name)) }));
  return { commit: git(checkout, ['rev-parse', 'HEAD']), modules, bytes: modules.reduce((sum, { content }) => sum + content.length, 0) };
}

/** The form in which a Worker is uploaded; its commit travels along as the variable COMMIT and, unless another is said, as its tag. */
export function formOf({ commit, modules }: Bundle, config: WorkerConfig, { message, tag, migrations }: Said): FormData {
  const form = new FormData();
  const metadata = {
    main_module: config.main,
    compatibility_date: config.compatibilityDate,
    bindings: [...config.bindings, { name: 'COMMIT', type: 'plain_text', text: commit }],
    migrations,
    keep_bindings: ['secret_text', 'secret_key'],
    annotations: { 'workers/message': message, 'workers/tag': tag ?? commit },
  };
  form.set('metadata', JSON.stringify(metadata));
  for (const { name, content } of modules) {
    form.set(name, new Blob([new Uint8Array(content)], { type: 'application/javascript+module' }), name);
  }
  return form;
}

function git(checkout: string, args: readonly string[]): string {
  return execFileSync('git', args, { cwd: checkout, encoding: 'utf8' }).trimEnd();
}
