import type { SlackClock } from '../clock.ts';
import type { Ids } from '../state/ids.ts';
import { text } from '../state/blocks.ts';
import type { Json } from '../state/model.ts';
import type { Acknowledgement, Parcel } from './transport.ts';

export interface EventsParts {
  ids: Ids;
  clock: SlackClock;
  retryDelaysMs: readonly number[];
  deliver(parcel: Parcel): Promise<Acknowledgement>;
  /** The last attempt failed too. */
  onGivenUp(payload: Json, detail: string): void;
}

/** Delivers events, again and again where they are not acknowledged, as Slack does for events and for nothing else. */
export interface Events {
  publish(payload: Json): void;
  /** A connection is open again: what was cut off under its predecessor comes once more in the same envelope. */
  reconnected(): void;
  close(): void;
}

interface Outstanding {
  payload: Json;
  envelopeId: string;
  attempt: number;
  cut: boolean;
  cancelRetry(): void;
}

export function createEvents(parts: EventsParts): Events {
  const outstanding = new Set<Outstanding>();

  function send(event: Outstanding, reason: string, attempt = event.attempt): void {
    const parcel: Parcel = { type: 'events_api', payload: event.payload, envelopeId: event.envelopeId };
    const retry = attempt > 0 ? { retry: { attempt, reason } } : {};
    void parts.deliver({ ...parcel, ...retry }).then((acknowledgement) => receive(event, acknowledgement));
  }

  function receive(event: Outstanding, acknowledgement: Acknowledgement): void {
    if (!outstanding.has(event)) return;
    event.cancelRetry();
    const delay = parts.retryDelaysMs[event.attempt];
    if (acknowledgement.kind === 'acked') {
      outstanding.delete(event);
    } else if (delay === undefined || acknowledgement.noRetry) {
      outstanding.delete(event);
      parts.onGivenUp(event.payload, acknowledgement.detail);
    } else {
      event.cut = acknowledgement.cut ?? false;
      event.cancelRetry = parts.clock.after(delay, () => again(event, acknowledgement.reason));
    }
  }

  function again(event: Outstanding, reason: string): void {
    event.attempt += 1;
    event.envelopeId = parts.ids.uuid();
    send(event, reason);
  }

  return {
    publish(payload) {
      const event: Outstanding = { payload, envelopeId: parts.ids.uuid(), attempt: 0, cut: false, cancelRetry: () => undefined };
      outstanding.add(event);
      send(event, '');
    },
    reconnected() {
      for (const event of [...outstanding].filter((candidate) => candidate.cut)) {
        event.cancelRetry();
        event.cut = false;
        send(event, 'timeout', 0);
      }
    },
    close() {
      for (const event of outstanding) event.cancelRetry();
      outstanding.clear();
    },
  };
}

/** What an event is called in a sentence: `app_mention`, `message message_changed`. */
export function eventName(payload: Json): string {
  const event = payload.event;
  if (typeof event !== 'object' || event === null) return text(payload.type);
  const subtype = 'subtype' in event ? ` ${String(event.subtype)}` : '';
  return ('type' in event ? String(event.type) : '') + subtype;
}
