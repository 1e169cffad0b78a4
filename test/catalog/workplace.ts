import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createCatalog, sayMistake } from '../../src/catalog/index.ts';
import type { OpenedCatalog } from '../../src/catalog/index.ts';
import type { CatalogMistake } from '../../src/core/ports.ts';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** Settings without a mistake, for procedures that are the matter. */
export const SETTINGS = `targets:
  staging:
    default: true
    vars: { api_url: 'https://staging.example', redis_url: 'redis://127.0.0.1:6379' }
    secrets: { api_token: { env: STAGING_TOKEN } }
  production:
    protected: true
    vars: { api_url: 'https://production.example', redis_url: 'redis://127.0.0.1:6380', only_here: 'yes' }
    secrets: { api_token: { env: PRODUCTION_TOKEN } }
roles:
  lead-developer: { people: [U0DANA] }
  devops-engineer: { people: [U0OMAR, U0DANA] }
  database-admin: { groups: [S0DBA] }
start:
  '*': [lead-developer]
channels: { prefix: inc }
`;

/** A procedure without a mistake; tests spoil one line of it. */
export const PROCEDURE = `title: Try out
component: Cache Layer
locks: [cache:main]
params:
  size: { about: How much, choices: [small, large], default: small }
  ref: { about: Which version, type: git-commit, default: v1 }
preflight:
  - id: running
    title: The version is known
    http: '\${target.api_url}/version'
    outputs: { version: { pointer: /version } }
steps:
  - id: first
    title: Do the first thing
    run: [tool, '\${params.ref}']
    effect: idempotent
    undo: { none: it only adds }
  - id: second
    title: Clear it
    when: { size: large }
    redis: { unlink: 'warm:*' }
    because: entries are lost
    approve: { by: [devops-engineer], need: 1 }
    undo: { none: they return by themselves }
verify:
  - title: All is well
    http: { url: '\${target.api_url}/health', pointer: /rate }
    expect: { above: 60% }
    within: 1m
`;

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with a rollbot.yml and procedures, removed at the end of the test. */
export async function workplace(files: Files = {}) {
  const root = await mkdtemp(join(tmpdir(), 'catalog-'));
  const write = async (name: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  };
  await mkdir(join(root, 'procedures'));
  for (const [name, content] of Object.entries({ 'rollbot.yml': SETTINGS, ...files })) await write(name, content);
  return {
    root,
    write,
    open: async (): Promise<OpenedCatalog> =>
      await createCatalog({ proceduresFolder: join(root, 'procedures'), settingsFile: join(root, 'rollbot.yml'), log: QUIET }),
    /** Mistakes with their file as seen from the folder. */
    say: (mistakes: readonly CatalogMistake[]): readonly string[] => mistakes.map((each) => sayMistake(each).replace(`${root}/`, '')),
    [Symbol.asyncDispose]: async (): Promise<void> => await rm(root, { recursive: true }),
  };
}

/** All that is wrong with these files, one sentence with its place each. */
export async function mistakesOf(files: Files): Promise<readonly string[]> {
  await using place = await workplace(files);
  const opened = await place.open();
  return place.say(opened.status === 'ready' ? opened.catalog.mistakes() : opened.mistakes);
}

/** The procedure above with one of its texts replaced. */
export function spoiled(find: string, replacement: string): string {
  if (!PROCEDURE.includes(find)) throw new Error(`The procedure of the tests does not hold "${find}".`);
  return PROCEDURE.replace(find, () => replacement);
}
