import { expect, test } from 'vitest';
import { FOLLOW_UP_REFUSALS } from '../../src/core/followup/refusal.ts';
import { REFUSALS } from '../../src/core/incident/refusal.ts';
import { inTerminal } from '../../src/terminal/say/words.ts';

/** What the rules add to their own sentences. */
const DETAILS = [
  'Say what it is about: `/incident open <title>`.',
  'Type `/incident note <what happened>`.',
  'Say why it goes on: `/incident reopen <reason>`.',
  'Ask omar to hand it over: `/incident role scribe @you`.',
  'Have lead-developer hand it to you: `/incident role scribe @you`.',
  'It needs lead-developer, or somebody with a role in this incident (`/incident role`).',
  'cache (r4t8wz) is running. Finish it, or stop it with `/rollback stop r4t8wz`.',
];

test.each([...Object.values(REFUSALS), ...Object.values(FOLLOW_UP_REFUSALS), ...DETAILS])(
  'says here what can be typed here: %s',
  (says) => {
    expect(inTerminal(says)).not.toMatch(/\/(?:incident|rollback)\b|@|your click|in another channel|``/);
  },
);

test.each([
  ['Say why: `/incident close <reason>`.', 'Say why: `rollbot incident close --reason "<reason>"`.'],
  ['`/incident reopen <reason>`', '`rollbot incident reopen <incident> --reason "<reason>"`'],
  ['Type `/incident note <what happened>`.', 'Type `rollbot incident note "<what happened>"`.'],
  ['`/incident role scribe @you`', '`rollbot incident role scribe <name>`'],
  ['`/incident list` shows the open ones.', '`rollbot incident list` shows the open ones.'],
  ['`/incident todo` lists what is open.', '`rollbot incident todo` lists what is open.'],
])('%j is %j', (inSlack, here) => {
  expect(inTerminal(inSlack)).toBe(here);
});
