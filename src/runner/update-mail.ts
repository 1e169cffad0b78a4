import type { StreamId } from '../core/brand.ts';
import type { Audience, MailStatus } from '../core/incident/record-event.ts';
import type { Delivery, Mail } from '../core/page/port.ts';
import type { Journal } from './journal.ts';

export type UpdateMailParts = { readonly journal: Pick<Journal, 'apply' | 'load'>; readonly mail: Mail };
export type SendUpdateMail = (stream: StreamId, which: { readonly number: number; readonly audience: Audience }) => Promise<void>;

const LOST = 'Rollbot was stopped while it sent the mail, or the mail server has not answered.';

/**
 * Mails an update to one audience, once its intent is written, and notes what became of it. An intent that somebody else has left
 * without an answer is unknown, and the mail is sent again: a doubled one is better than a lost one, and both have the same key.
 */
export function createUpdateMail({ journal, mail }: UpdateMailParts): SendUpdateMail {
  return async (stream, { number, audience }) => {
    const { state } = await journal.load(stream);
    const sent = state.status === 'none' ? undefined : state.record.updates.find((each) => each.number === number);
    if (state.status === 'none' || !sent) return;
    const which = { number, audience };
    if (sent.mailed[audience]?.status === 'intended') {
      await journal.apply(stream, { kind: 'note-mail', ...which, status: 'unknown', says: LOST });
      return;
    }
    const intended = await journal.apply(stream, { kind: 'intend-mail', ...which });
    if (intended.status !== 'done') return;
    const { text, to } = sent.update[audience];
    const subject = `${state.title}: update ${number}`;
    const delivery = await send({ key: `${stream} update ${number} ${audience}`, to: to.mail, subject, text });
    await journal.apply(stream, { kind: 'note-mail', ...which, status: statusOf(delivery), says: delivery.says.slice(0, 300) });
  };

  async function send(letter: Parameters<Mail['send']>[0]): Promise<Delivery> {
    try {
      return await mail.send(letter);
    } catch (error) {
      // Nobody knows how far it came.
      return { status: 'unknown', says: error instanceof Error ? error.message : String(error) };
    }
  }
}

function statusOf(delivery: Delivery): MailStatus {
  if (delivery.status === 'sent' || delivery.status === 'delivered') return 'sent';
  if (delivery.status === 'failed') return delivery.final ? 'failed' : 'again';
  return 'unknown';
}
