import { sandboxSeed, startSlack, type Installation, type SlackEmulator } from '../../../src/demo/slack/index.ts';
import { call, type Answered } from './calling.ts';
import { handClock, type HandClock } from './hand-clock.ts';
import { manifest } from './manifest.ts';

/** A workspace with one of everything that Slack refuses something about. */
export interface Stage {
  slack: SlackEmulator;
  clock: HandClock;
  installed: Installation;
  /** Channel ids by name. */
  channels: Record<string, string>;
  /** Person ids by name. */
  people: Record<string, string>;
  /** A message of the app in #ops, a reply to it, and something dana said there. */
  card: string;
  reply: string;
  said: string;
  api(method: string, args?: Record<string, unknown>): Promise<Answered['body']>;
}

export async function setStage(scopes?: readonly string[]): Promise<Stage> {
  const clock = handClock();
  const slack = await startSlack({ clock, patience: clock.after, seed: refusingSeed, randomSeed: 7 });
  const installed = slack.install(manifest(scopes ? { scopes, events: [] } : {}));
  const api = async (method: string, args: Record<string, unknown> = {}) => (await call(slack, installed.botToken, method, args)).body;
  const channels = Object.fromEntries(
    slack
      .person('dana')
      .screen()
      .channels.map(({ name, id }) => [name.replace('#', ''), id]),
  );
  const people = Object.fromEntries(everybody.map((name) => [name, slack.person(name).id]));
  const ops = channels.ops ?? '';
  const said = await slack.person('dana').says('errors rose', { in: '#ops' });
  const posted = await api('chat.postMessage', { channel: ops, text: 'card' });
  const card = String(posted.ts);
  const reply = String((await api('chat.postMessage', { channel: ops, text: 'detail', thread_ts: card })).ts);
  return { slack, clock, installed, channels, people, card, reply, said, api };
}

const everybody = ['dana', 'omar', 'mina', 'gus', 'eve', 'zoe', 'sol'];

const refusingSeed = {
  ...sandboxSeed,
  people: [...sandboxSeed.people, { name: 'zoe', kind: 'deactivated' as const }, { name: 'sol', kind: 'single-channel-guest' as const }],
  groups: [...(sandboxSeed.groups ?? []), { handle: 'retired', members: ['zoe'], disabled: true }],
  channels: [
    ...sandboxSeed.channels,
    { name: 'old', members: ['dana'], app: true, archived: true },
    { name: 'notices', members: ['dana'], app: true, readOnly: true },
    { name: 'secret', kind: 'private' as const, members: ['dana', 'sol'], app: true },
    { name: 'elsewhere', members: ['dana'] },
  ],
};
