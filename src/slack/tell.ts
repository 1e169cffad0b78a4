import { fetch } from 'undici';
import type { Log } from '../core/ports.ts';
import type { Card } from './cards/blocks.ts';
import type { Incoming } from './incoming.ts';
import { sayFailure } from './web.ts';
import type { Web } from './web.ts';

/** Answers one person, and nobody else. */
export type Tell = (to: Incoming, card: Card) => Promise<void>;

const TIMEOUT_MS = 5000;

/**
 * Answers by the address that Slack gave for it, which works where the bot is no member; else in the channel; else in a direct
 * message. An answer that can't be delivered is logged: it is never what keeps something from being done.
 */
export function createTell({ web, log }: { readonly web: Web; readonly log: Log }): Tell {
  return async (to, card) => {
    if (to.responseUrl !== null && (await respond(to.responseUrl, card))) return;
    const { user } = to.caller;
    const content = { text: card.text, blocks: card.blocks };
    if (to.channel !== null) {
      const shown = await web.call('chat.postEphemeral', { channel: to.channel, user, ...content });
      if (shown.status === 'ok') return;
    }
    const sent = await web.call('chat.postMessage', { channel: user, ...content });
    if (sent.status !== 'ok') log.warn({ user, entry: to.entry, says: sayFailure(sent) }, 'an answer could not be delivered');
  };
}

async function respond(url: string, { text, blocks }: Card): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text, blocks }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
