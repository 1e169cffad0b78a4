import type { StreamId } from '../../core/brand.ts';
import { vendorSubject } from '../../core/contact/vendor-text.ts';
import type { Delivery, Mail } from '../../core/page/port.ts';
import type { VendorAnswer } from '../../core/vendor/port.ts';
import type { VendorTask } from '../../core/vendor/state.ts';
import type { Journal } from '../journal.ts';

export type MailingParts = {
  readonly journal: Journal;
  readonly mail: Mail;
  /** The number of our account at a vendor, read at the last moment; null where rollbot.yml names none. Throws a sentence where it can't be read. */
  readonly accountAt: (vendor: string) => Promise<string | null>;
};

/** Sends what is to be said to a vendor, once its intent is written. The number of the account is in the mail and nowhere else. */
export async function postToVendor(
  { journal, mail, accountAt }: MailingParts,
  stream: StreamId<'vendor'>,
  task: VendorTask,
): Promise<VendorAnswer> {
  const incident = `incident/${task.incident}` as StreamId;
  const { state } = await journal.load(incident);
  const subject = state.status === 'none' ? task.vendor.title : vendorSubject(state);
  const sent = await send();
  const status = sent.status === 'delivered' ? 'sent' : sent.status;
  await journal.apply(stream, { kind: 'note-mail', status, says: sent.says });
  if (status === 'sent') return { status: 'done', says: `The mail to ${task.vendor.title} is on its way.`, incident };
  const says = `The mail to ${task.vendor.title} ${status === 'unknown' ? 'may not have gone out' : 'did not go out'}: ${sent.says}`;
  return { status: 'refused', says: `${says} Press the button again, or ask them another way.` };

  async function send(): Promise<Delivery> {
    let account: string | null;
    try {
      account = await accountAt(task.vendor.name);
    } catch (error) {
      return { status: 'failed', says: error instanceof Error ? error.message : String(error), final: true };
    }
    const text = [task.text, ...(account === null ? [] : [`Our account: ${account}`])].join('\n\n');
    return await mail.send({ key: `${stream} ${task.number}`, to: task.vendor.email === null ? [] : [task.vendor.email], subject, text });
  }
}
