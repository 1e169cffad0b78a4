import type { Instant } from '../brand.ts';
import { AUDIENCES } from './record-event.ts';
import type { Audience } from './record-event.ts';
import type { IncidentRecord, Mailed } from './record.ts';

/** A mail of an update that is to go out, and from when on. */
export type OwedMail = { readonly number: number; readonly audience: Audience; readonly at: Instant };

/** After this nobody waits for the answer of a mail server any more. */
const LOST_MS = 2 * 60_000;
const PAUSE_MS = 60_000;
const MOST_ATTEMPTS = 5;

/** Whether a mail that may not have gone out is sent once more. */
export function isTriedAgain({ status, attempts }: Pick<Mailed, 'status' | 'attempts'>): boolean {
  return (status === 'again' || status === 'unknown') && attempts < MOST_ATTEMPTS;
}

/** Whether a mail is on its way of which nobody has heard yet what came of it. */
export function isMailing({ updates }: IncidentRecord): boolean {
  return updates.some(({ mailed }) => Object.values(mailed).some(({ status }) => status === 'intended'));
}

/**
 * The mails of an incident's updates that have not gone out: at once, and after a failure again, a little later each time. One
 * whose intent has no answer is due when nobody waits for that any more: then it is unknown.
 */
export function owedMails({ updates }: IncidentRecord): readonly OwedMail[] {
  return updates.flatMap(({ number, update, mailed, at }) =>
    AUDIENCES.flatMap((audience): readonly OwedMail[] => {
      if (update[audience].to.mail.length === 0) return [];
      const known = mailed[audience];
      if (!known) return [{ number, audience, at }];
      if (known.status === 'intended') return [{ number, audience, at: (known.at + LOST_MS) as Instant }];
      if (!isTriedAgain(known)) return [];
      return [{ number, audience, at: (known.at + PAUSE_MS * known.attempts) as Instant }];
    }),
  );
}
