import { App } from '@slack/bolt';
import { expect, test } from 'vitest';
import type { Entry } from '../../src/slack/entries/entry.ts';
import { registerEntries } from '../../src/slack/entries/register.ts';
import { ENTRIES } from '../../src/slack/entries/table.ts';
import { createBolt } from '../../src/slack/bolt.ts';
import { entryName } from '../../src/slack/incoming.ts';
import { silent } from './house.ts';
import { createManualClock } from './manual-clock.ts';

type Listener = (args: unknown) => Promise<void>;

/** The listeners that Bolt has, each as the function at the end of its chain. */
function listenersOf(app: App): readonly Listener[] {
  const chains: unknown = Reflect.get(app, 'listeners');
  return (chains as readonly (readonly Listener[])[]).map((chain) => chain.at(-1)!);
}

const way = {
  init: () => undefined,
  start: () => Promise.reject(new Error('not here')),
  stop: () => Promise.resolve(),
  isOpen: () => false,
};
const clock = createManualClock();

test('every listener of the bot is an entry of the table, and each leads through the door', async () => {
  const entered: string[] = [];
  const door = {
    enter: async (entry: Entry) => void (await Promise.resolve(entered.push(entryName(entry.kind, entry.id)))),
    leftBehind: () => Promise.resolve([]),
    resume: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const identity = { team: 'T1', teamName: 'x', app: 'A1', botUser: 'U1', bot: 'B1' };
  const app = createBolt({ botToken: 'x', identity, way, entries: ENTRIES, door, clock, log: silent });
  const listeners = listenersOf(app);
  expect(listeners).toHaveLength(ENTRIES.length);
  for (const listener of listeners) await listener({ body: ANY_BODY, ack: () => Promise.resolve() });
  expect(entered).toEqual(ENTRIES.map(({ kind, id }) => entryName(kind, id)));
});

test('a listener from elsewhere would be noticed', () => {
  const app = new App({ authorize: () => Promise.resolve({}), receiver: way, convoStore: false });
  registerEntries(app, ENTRIES, { door: { enter: () => Promise.resolve() }, clock });
  app.action('sneaky', () => Promise.resolve());
  expect(listenersOf(app)).not.toHaveLength(ENTRIES.length);
});

test('no two entries answer to the same thing', () => {
  const names = ENTRIES.map(({ kind, id }) => entryName(kind, id));
  expect(new Set(names).size).toBe(names.length);
});

/** Has everything that any kind of payload has. */
const ANY_BODY = {
  command: '/x',
  user_id: 'U1',
  team_id: 'T1',
  channel_id: 'C1',
  response_url: 'http://127.0.0.1:1/',
  trigger_id: '1.2.3',
  user: { id: 'U1', team_id: 'T1' },
  team: { id: 'T1' },
  container: { message_ts: '1.2' },
  actions: [{ action_id: 'a', action_ts: '1.2', value: 'v' }],
  view: { id: 'V1', hash: 'h', callback_id: 'c', state: { values: {} } },
  callback_id: 'c',
  action_ts: '1.2',
  event_id: 'E1',
  event: { type: 'app_home_opened', user: 'U1', tab: 'home' },
};
