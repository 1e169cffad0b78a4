import type { Ids } from '../state/ids.ts';
import { text } from '../state/blocks.ts';
import type { Json } from '../state/model.ts';
import type { Acknowledgement, Parcel, Transport } from './transport.ts';

/** Everything that goes to the app passes here: it can be kept back, doubled and sent again. */
export interface PostOffice {
  /** Delivers what a person did, once, unless it is being held back. */
  interact(parcel: Parcel): Promise<Acknowledgement>;
  /** Delivers an event, whatever is being held back. */
  deliver(parcel: Parcel): Promise<Acknowledgement>;
  hold(): () => void;
  /** Doubles the next parcels, of that type if one is named. */
  twice(times: number, type: string | undefined): void;
  /** Sends the last parcel, or the last one of that type, once more. */
  redeliver(type: string | undefined, as: 'same-envelope' | 'new-event-id'): Promise<void>;
  /** How many deliveries are unanswered. */
  pending(): number;
}

export function createPostOffice(ids: Ids, transport: () => Transport): PostOffice {
  const sent: Parcel[] = [];
  let doubled = { times: 0, type: '' };
  let holds = 0;
  let pending = 0;
  let kept: (() => void)[] = [];

  async function deliver(parcel: Parcel): Promise<Acknowledgement> {
    const labelled = { ...parcel, envelopeId: parcel.envelopeId ?? ids.uuid() };
    sent.push(labelled);
    const double = doubled.times > 0 && (doubled.type === '' || typesOf(labelled).includes(doubled.type));
    if (double) doubled.times -= 1;
    pending += 1;
    try {
      const answers = Array.from({ length: double ? 2 : 1 }, () => transport().deliver(labelled));
      return await firstOf(answers);
    } finally {
      pending -= 1;
    }
  }

  return {
    deliver,
    interact(parcel) {
      if (holds === 0) return deliver(parcel);
      return new Promise((resolve) => {
        kept.push(() => resolve(deliver(parcel)));
      });
    },
    hold() {
      holds += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        holds -= 1;
        if (holds > 0) return;
        const waiting = kept;
        kept = [];
        for (const go of waiting) go();
      };
    },
    twice(times, type) {
      doubled = { times, type: type ?? '' };
    },
    async redeliver(type, as) {
      const last = sent.findLast((parcel) => type === undefined || typesOf(parcel).includes(type));
      if (!last) throw new Error(`Nothing${type ? ` of type ${type}` : ''} has been delivered yet, so nothing can be delivered again.`);
      const fresh = as === 'new-event-id';
      const payload = fresh ? { ...last.payload, event_id: ids.serial('Ev') } : last.payload;
      await deliver({ ...last, payload, envelopeId: fresh ? ids.uuid() : (last.envelopeId ?? ids.uuid()) });
    },
    pending: () => pending,
  };
}

/** The first acknowledgement of several copies; the others are only waited for. */
async function firstOf(answers: readonly Promise<Acknowledgement>[]): Promise<Acknowledgement> {
  const [first, ...others] = await Promise.all(answers);
  if (!first) throw new Error('Nothing was delivered.');
  return first.kind === 'acked' ? first : (others.find((other) => other.kind === 'acked') ?? first);
}

/** All names that a parcel goes by: `interactive` and `block_actions`, `events_api` and `app_mention`. */
function typesOf(parcel: Parcel): string[] {
  const event: Json = typeof parcel.payload.event === 'object' && parcel.payload.event !== null ? { ...parcel.payload.event } : {};
  return [parcel.type, text(parcel.payload.type), text(event.type)];
}
