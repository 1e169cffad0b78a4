import { unknownWords, VENDOR_WORDS } from '../../core/contact/vendor-words.ts';
import { didYouMean, sayList } from '../../core/procedure/nearest.ts';
import type { Settings } from '../../core/settings.ts';
import type { Finding } from '../finding.ts';

/** What is said to a vendor can be filled in, and a vendor is not mistaken for a role. */
export function vendorMistakes({ vendors = {}, roles, contacts = {} }: Settings): readonly Finding[] {
  return Object.entries(vendors).flatMap(([name, { say = '' }]) => [
    ...(Object.hasOwn(roles, name) || Object.hasOwn(contacts, name)
      ? [
          {
            path: ['vendors', name],
            on: 'key' as const,
            says: `"${name}" is a role or a contact too; expected a name of its own, which /page can tell apart.`,
          },
        ]
      : []),
    ...unknownWords(say).map((word) => ({
      path: ['vendors', name, 'say'],
      says: `Nothing is filled in for \${${word}}.${didYouMean(word, VENDOR_WORDS)} Expected one of ${sayList(VENDOR_WORDS)}.`,
    })),
  ]);
}
