import type { Tree } from '../../core/procedure/action.ts';
import type { Act } from './act.ts';
import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';

/** A delete migration of a Durable Object destroys what it has stored. */
export const migrationWithDeletedClasses: Rule = {
  id: 'migration-with-deleted-classes',
  about: 'a Durable Object migration that deletes classes',
  why: `A migration with "deleted_classes" destroys all data that the objects of these classes have stored, at once and for good. No rollback goes across it: Cloudflare refuses versions from before a Durable Object migration, and every later deployment has to name a migration tag.

Never delete classes in a release that may have to be undone. Repair forward: a new version with the old behaviour and the same tags. Delete the classes in a release of its own, when nothing has asked for them for a while.`,
  bad: `steps:
  - id: migrate
    title: Remove the new cart from the configuration
    file: { replace: /srv/shop/wrangler.toml, find: 'tag = "v2"', with: 'deleted_classes = ["Cart"]' }
    effect: guarded
`,
  good: `steps:
  - id: migrate
    title: Let the old cart serve again, with the same tags
    file: { replace: /srv/shop/wrangler.toml, find: 'CART = "new"', with: 'CART = "old"' }
    effect: guarded
`,
  find: (act) => [
    ...(textsOf(act).some((text) => text.includes(KEY)) ? [{ says: SAYS }] : []),
    ...act.shell.calls.filter(writesIt).map(({ at }) => ({ says: SAYS, at })),
  ],
};

const KEY = 'deleted_classes';
const SAYS = `Found ${KEY}, which destroys what these objects have stored; expected a version with the old behaviour and the same migration tags.`;
const SPEAKS = ['echo', 'printf', 'cat'];

function textsOf({ action }: Act): readonly string[] {
  switch (action.kind) {
    case 'file-write':
      return [action.content];
    case 'file-replace':
      return [action.with];
    case 'git-restore':
      return [...(action.edits ?? []).map((edit) => edit.with), ...(action.writes ?? []).map(({ content }) => content)];
    case 'http':
      return action.method === 'GET' || action.json === undefined ? [] : keysOf(action.json);
    default:
      return [];
  }
}

function keysOf(json: Tree<string>): readonly string[] {
  if (typeof json === 'string') return [json];
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) => [key, ...keysOf(value)]);
}

/** Into a file, or into a request; what is only said or looked for does nothing. */
function writesIt({ name, args, stdin, writes }: Call): boolean {
  const said = args.some(({ text }) => text.includes(KEY)) || (stdin.text ?? '').includes(KEY);
  return (
    said &&
    (name === 'curl' ||
      name === 'sed' ||
      name === 'tee' ||
      (SPEAKS.includes(name) && writes.some((file) => !file.startsWith('/dev/') && !/^\d$/.test(file))))
  );
}
