import type { Clock } from '../../core/ports.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { SlackEmulator } from '../slack/index.ts';
import type { Say } from '../terminal.ts';

/** How a conversation begins: dana asks, or the shop breaks and nobody does. */
export type Beginning = (parts: {
  readonly slack: SlackEmulator;
  readonly sandbox: Pick<Sandbox, 'break' | 'procedures'>;
  readonly clock: Clock;
  readonly say: Say;
}) => Promise<void>;

const LOOKS = 30;
const LOOK_EVERY_MS = 3000;

/** Somebody has seen that the shop is broken, and types the command. */
export const danaAsks: Beginning = async ({ slack, sandbox }) => {
  await slack.person('dana').types(`/rollback ${sandbox.procedures[0]}`, { in: '#ops' });
};

/** The shop is well and known to be, and then it breaks. */
export const theShopBreaks: Beginning = async ({ slack, sandbox, clock, say }) => {
  say('          (The shop is well. Rollbot watches it until it calls the version that runs a verified one.)');
  await becomesVerified(slack, clock);
  say('          (Somebody deploys a bad version now, and nobody looks.)');
  await sandbox.break();
};

/** A drill is announced, and dana begins it. */
export const danaBeginsTheDrill: Beginning = async ({ slack }) => {
  const dana = slack.person('dana');
  await dana.sees(/Drill: .*announced an hour before/s, { in: '#general', within: LOOKS * LOOK_EVERY_MS });
  await dana.clicks('Start the drill', { in: '#general' });
};

async function becomesVerified(slack: SlackEmulator, clock: Clock): Promise<void> {
  const dana = slack.person('dana');
  for (let look = 0; look < LOOKS; look += 1) {
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
    dana.reloads();
    await dana.types('/rollback releases worker:api', { in: '#ops' });
    const { text } = await dana.sees(/on production/, { in: '#ops' });
    if (/ good since /.test(text)) return;
  }
  throw new Error('Rollbot did not verify the version that runs.');
}
