import { card, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';

/** Says that an incident's journal was changed from outside, and that nothing is done in it until that is mended. */
export function brokenCard(says: string): Card {
  const stands = 'Nothing more is carried out here, and no button above works, until the journal is as it was.';
  const out = 'Stop Rollbot, let `rollbot verify` say what was changed, and put the database back from a backup.';
  return card({
    text: `The journal of this incident was changed from outside. ${stands} ${safe(says, 500)} ${out}`,
    top: [
      header('The journal of this incident was changed'),
      section(`:rotating_light: *The journal of this incident was changed from outside.* ${stands}`),
      section(safe(says, 500)),
      section(out),
    ],
  });
}
