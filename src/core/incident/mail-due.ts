import type { Instant } from '../brand.ts';
import { AUDIENCES } from './record-event.ts';
import type { Audience } from './record-event.ts';
import type { IncidentRecord } from './record.ts';

/** A mail of an update that is to go out, and from when on. */
export type OwedMail = { readonly number: number; readonly audience: Audience; readonly at: Instant };

const PAUSE_MS = 60_000;
const MOST_ATTEMPTS = 5;

/** The mails of an incident's updates that have not gone out: at once, and after a failure again, a little later each time. */
export function owedMails({ updates }: IncidentRecord): readonly OwedMail[] {
  return updates.flatMap(({ number, update, mailed, at }) =>
    AUDIENCES.flatMap((audience): readonly OwedMail[] => {
      if (update[audience].to.mail.length === 0) return [];
      const known = mailed[audience];
      if (!known) return [{ number, audience, at }];
      if (known.status !== 'again' || known.attempts >= MOST_ATTEMPTS) return [];
      return [{ number, audience, at: (known.at + PAUSE_MS * known.attempts) as Instant }];
    }),
  );
}
