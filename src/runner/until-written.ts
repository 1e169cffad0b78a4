import type { Clock, Log } from '../core/ports.ts';

export type Writing = {
  readonly clock: Clock;
  readonly log: Log;
  /** The bot ends, so nothing is tried again. */
  readonly bot: AbortSignal;
  /** What the log says that it is about. */
  readonly about: object;
};

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * What is known of an effect must not be lost because the journal can't be written at the moment: it is tried again until it
 * can, or until the bot stops; then the next one finds the intent without a result.
 */
export async function untilWritten({ clock, log, bot, about }: Writing, write: () => Promise<void>): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await write();
    } catch (error) {
      if (bot.aborted) throw error;
      log.error({ ...about, error }, 'could not record how a step ended, and will try again');
    }
    await pause(clock, pauseMs, bot);
  }
}

/** Waits for a while, or until the bot ends. */
async function pause(clock: Clock, ms: number, bot: AbortSignal): Promise<void> {
  if (bot.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const go = (): void => resolve();
  const cancel = clock.after(ms, go);
  bot.addEventListener('abort', go, { once: true });
  await promise;
  cancel();
  bot.removeEventListener('abort', go);
}
