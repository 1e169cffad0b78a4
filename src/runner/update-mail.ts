import type { StreamId } from '../core/brand.ts';
import type { Audience } from '../core/incident/record-event.ts';
import type { Delivery, Mail } from '../core/page/port.ts';
import type { Journal } from './journal.ts';

export type UpdateMailParts = { readonly journal: Pick<Journal, 'apply' | 'load'>; readonly mail: Mail };
export type SendUpdateMail = (stream: StreamId, which: { readonly number: number; readonly audience: Audience }) => Promise<void>;

/** Mails an update to one audience and notes what became of it. A doubled mail is better than a lost one, and both have the same key. */
export function createUpdateMail({ journal, mail }: UpdateMailParts): SendUpdateMail {
  return async (stream, { number, audience }) => {
    const { state } = await journal.load(stream);
    const sent = state.status === 'none' ? undefined : state.record.updates.find((each) => each.number === number);
    if (state.status === 'none' || !sent) return;
    const { text, to } = sent.update[audience];
    const subject = `${state.title}: update ${number}`;
    const delivery = await mail.send({ key: `${stream} update ${number} ${audience}`, to: to.mail, subject, text });
    await journal.apply(stream, { kind: 'note-mail', number, audience, status: statusOf(delivery), says: delivery.says.slice(0, 300) });
  };
}

function statusOf(delivery: Delivery): 'sent' | 'failed' | 'again' {
  if (delivery.status === 'sent' || delivery.status === 'delivered') return 'sent';
  return delivery.status === 'failed' && delivery.final ? 'failed' : 'again';
}
