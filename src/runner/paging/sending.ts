import type { StreamId } from '../../core/brand.ts';
import type { Medium } from '../../core/contact/schema.ts';
import type { PageEffect } from '../../core/page/due.ts';
import type { Delivery, MediumPort, PageMessage } from '../../core/page/port.ts';
import { messageKey } from '../../core/page/state.ts';
import type { DeliveryKey, Page } from '../../core/page/state.ts';
import type { Log } from '../../core/ports.ts';
import type { Journal } from '../journal.ts';

export type SendingParts = {
  readonly journal: Pick<Journal, 'apply' | 'load'>;
  readonly media: readonly MediumPort[];
  /** Where a contact acknowledges a page without Slack; null where no link is configured. */
  readonly linkFor: (page: string, contact: string) => Promise<string | null>;
  /** Names this process in intents. */
  readonly executor: string;
  readonly log: Log;
};

type Deliver = Extract<PageEffect, { do: 'deliver' }>;
type Lose = Extract<PageEffect, { do: 'lose' }>;
type Settle = Extract<PageEffect, { do: 'settle' }>;

/** Hands messages to media: the intent first, then the message, then what came of it. */
export type Sending = {
  /** Resolves when the intent is written; the medium may take its time. */
  deliver(stream: StreamId<'page'>, effect: Deliver): Promise<void>;
  lose(stream: StreamId<'page'>, effect: Lose): Promise<void>;
  settle(stream: StreamId<'page'>, effect: Settle): Promise<void>;
  /** Whether this process is at it already. */
  isUnderWay(stream: StreamId<'page'>, effect: PageEffect): boolean;
  /** What an earlier process was sending when it ended is unknown. */
  recover(stream: StreamId<'page'>): Promise<void>;
  /** Waits for the media, each of which answers within seconds. */
  stop(): Promise<void>;
};

const LOST = 'Rollbot ended before it heard what came of it.';

/** Builds it; nothing that a medium does is thrown at who sends. */
export function createSending(parts: SendingParts): Sending {
  const { journal, executor, log } = parts;
  const jobs = new Map<string, Promise<void>>();

  function begin(key: string, work: () => Promise<void>): void {
    const job = work()
      .catch((error: unknown) => log.error({ key, error }, 'what came of a page could not be written'))
      .finally(() => jobs.delete(key));
    jobs.set(key, job);
  }

  return {
    async deliver(stream, { at, attempt }) {
      const intended = await journal.apply(stream, { kind: 'intend-delivery', ...at, attempt, executor });
      if (intended.status !== 'done') return;
      begin(keyOf(stream, at, 'deliver'), async () => {
        const delivery = await send(parts, stream, at);
        log.info({ stream, ...at, status: delivery.status, says: delivery.says }, 'a page was sent');
        await journal.apply(stream, { kind: 'note-delivery', ...at, attempt, delivery });
      });
    },
    async lose(stream, { at, attempt }) {
      await journal.apply(stream, { kind: 'note-delivery', ...at, attempt, delivery: { status: 'unknown', says: LOST } });
    },
    async settle(stream, { at, as }) {
      begin(keyOf(stream, at, 'settle'), async () => {
        const delivery = await settle(parts, stream, at, as);
        await journal.apply(stream, { kind: 'note-settled', ...at, as, delivery });
      });
      await Promise.resolve();
    },
    isUnderWay: (stream, effect) => 'at' in effect && jobs.has(keyOf(stream, effect.at, effect.do === 'settle' ? 'settle' : 'deliver')),
    async recover(stream) {
      const { state } = await journal.load(stream);
      if (state.status === 'none') return;
      for (const { stage, contact, medium, attempt, state: delivery } of state.deliveries) {
        if (delivery.status !== 'intended' || delivery.executor === executor) continue;
        const lost = { status: 'unknown', says: LOST } as const;
        await journal.apply(stream, { kind: 'note-delivery', stage, contact, medium, attempt, delivery: lost });
      }
    },
    async stop() {
      await Promise.allSettled(jobs.values());
    },
  };
}

async function send(parts: SendingParts, stream: StreamId<'page'>, at: DeliveryKey): Promise<Delivery> {
  const medium = mediumOf(parts, at.medium);
  const { state } = await parts.journal.load(stream);
  if (!medium || state.status === 'none') return { status: 'failed', says: `Pages by ${at.medium} are not set up.`, final: true };
  try {
    return await medium.send(at.contact, await messageFor(parts, stream, state, at));
  } catch (error) {
    // Nobody knows how far it came.
    return { status: 'unknown', says: error instanceof Error ? error.message : String(error) };
  }
}

async function settle(parts: SendingParts, stream: StreamId<'page'>, at: DeliveryKey, as: 'acknowledged' | 'resolved'): Promise<Delivery> {
  const medium = mediumOf(parts, at.medium);
  const key = messageKey(stream.slice('page/'.length), at);
  try {
    return (await medium?.settle?.(at.contact, key, as)) ?? { status: 'failed', says: 'It can not be told.', final: true };
  } catch (error) {
    return { status: 'unknown', says: error instanceof Error ? error.message : String(error) };
  }
}

async function messageFor({ linkFor }: SendingParts, stream: StreamId<'page'>, page: Page, at: DeliveryKey): Promise<PageMessage> {
  const called = page.called.find(({ contact }) => contact === at.contact);
  return {
    key: messageKey(page.page, at),
    page: stream,
    summary: `${page.drill ? 'DRILL: ' : ''}${page.summary}`,
    details: page.details,
    severity: page.severity,
    at: page.openedAt,
    person: called?.person ?? null,
    acknowledge: await linkFor(page.page, at.contact).catch(() => null),
  };
}

function mediumOf({ media }: SendingParts, medium: Medium): MediumPort | undefined {
  return media.find((each) => each.medium === medium);
}

function keyOf(stream: StreamId<'page'>, at: DeliveryKey, what: 'deliver' | 'settle'): string {
  return `${stream} ${messageKey('', at)} ${what}`;
}
