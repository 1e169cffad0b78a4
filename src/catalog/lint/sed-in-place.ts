import type { Rule } from './rule.ts';
import type { Call } from './shell/call.ts';
import { readOptions } from './shell/options.ts';

/** `sed -i` is content when nothing matched. */
export const sedInPlace: Rule = {
  id: 'sed-in-place',
  about: 'a file that is edited in place, by sed -i or perl -i',
  why: `When nothing matches, "sed -i" changes nothing and says that all is well, so the step is green and the site is still broken. When it runs twice, it changes what it has changed before: s/foo/foo_old/ leaves foo_old_old. It also puts a new file in the place of the old one, so a symbolic link becomes a file, and the owner may be another.

Use the "file:" step: it replaces a text that stands there exactly once (or "count:" times), fails where it does not, keeps a backup, and can be undone for free. For JSON and YAML let jq or yq write to a new file, compare it, and move it into place.`,
  bad: `steps:
  - id: switch-off
    title: Switch the new checkout off
    shell: sed -i 's/new_checkout=on/new_checkout=off/' /etc/shop/flags
    effect: idempotent
    undo: { none: it is switched on by a release }
`,
  good: `steps:
  - id: switch-off
    title: Switch the new checkout off
    file: { replace: /etc/shop/flags, find: new_checkout=on, with: new_checkout=off }
    effect: guarded
`,
  find: ({ shell }) =>
    shell.calls.filter(editsInPlace).map(({ name, at }) => ({
      says: `Found ${name} editing a file in place, which succeeds where nothing matches; expected "file: { replace: …, find: …, with: … }".`,
      at,
    })),
};

function editsInPlace({ name, args }: Call): boolean {
  switch (name) {
    case 'sed':
    case 'gsed':
      return readOptions(args, { letters: 'efl', names: ['expression', 'file', 'line-length'], attached: 'i' }).has('i', 'in-place');
    case 'perl':
    case 'ruby':
      return readOptions(args, { letters: 'eE', attached: 'iIFMmrx0' }).has('i');
    default:
      return false;
  }
}
