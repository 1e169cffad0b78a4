import type { App } from '@slack/bolt';
import type { Clock } from '../../core/ports.ts';
import type { Ack, Door } from '../door.ts';
import { fromAction, fromCommand, fromEvent, fromShortcut, fromView } from '../incoming.ts';
import type { Incoming } from '../incoming.ts';
import type { Entry } from './entry.ts';

export type Registration = { readonly door: Pick<Door, 'enter'>; readonly clock: Clock };

/** Registers the table with Bolt; nothing is registered anywhere else. */
export function registerEntries(app: App, entries: readonly Entry[], parts: Registration): void {
  for (const entry of entries) register(app, entry, parts);
}

function register(app: App, entry: Entry, { door, clock }: Registration): void {
  const enter = async (incoming: Incoming, ack: Ack): Promise<void> => await door.enter(entry, incoming, ack);
  switch (entry.kind) {
    case 'command':
      return app.command(entry.id, async ({ body, ack }) => await enter(fromCommand(body, clock.now()), async () => await ack()));
    case 'action':
      return app.action(entry.id, async ({ body, ack }) => await enter(fromAction(body, clock.now()), async () => await ack()));
    case 'shortcut':
      return app.shortcut(entry.id, async ({ body, ack }) => await enter(fromShortcut(body, clock.now()), async () => await ack()));
    case 'view':
      return app.view(entry.id, async ({ body, ack }) => {
        await enter(fromView(body, clock.now()), async (mistakes) => {
          await (mistakes ? ack({ response_action: 'errors', errors: { ...mistakes } }) : ack());
        });
      });
    case 'event':
      // Bolt acknowledges events by itself, and Slack sends them again when it does not.
      return app.event(entry.id, async ({ body }) => await enter(fromEvent(body, clock.now()), async () => undefined));
    default:
      return entry.kind satisfies never;
  }
}
