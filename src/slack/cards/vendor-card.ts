import type { PinnedVendor, VendorTask } from '../../core/vendor/state.ts';
import { ACTIONS } from '../actions.ts';
import { button, buttons, card, code, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { moment, timeOfDay, who } from './words.ts';

/** The task of asking a vendor: whose it is, what to say, how they are reached, and what was done. */
export function vendorCard(task: VendorTask): Card {
  const { vendor, why, over } = task;
  const title = `Ask ${vendor.title}`;
  const lines = [...(why === '' ? [] : [`*${safe(why, 400)}*`]), sayStanding(task), sayReach(vendor), ...sayMail(task)];
  return card({
    text: `${title}: ${sayStanding(task)}`,
    top: [header(title), section(lines.join('\n')), code(task.text), context(sayAsked(task))],
    bottom: over ? [] : [buttons(...choices(task))],
  });
}

/** Reminds whoever's task it is: an edit would notify nobody. */
export function vendorReminder(task: VendorTask): Card {
  const { owner, vendor, reminders } = task;
  const whom = owner?.person ? `<@${owner.person}>` : `*${safe(vendor.owner, 40)}*`;
  const text = `${whom}: has ${safe(vendor.title, 80)} been asked? Say so on the card above (reminder ${reminders}).`;
  return card({ text, top: [section(text)] });
}

function sayStanding({ over, owner, vendor }: VendorTask): string {
  if (over)
    return `:white_check_mark: ${over.by.kind === 'person' ? `${who(over.by)} says: ` : ''}${safe(over.says, 200)} · ${timeOfDay(over.at)}`;
  if (!owner) return `:raising_hand: *Nobody's task yet.* Somebody of ${safe(vendor.owner, 40)} has to take it`;
  return `:telephone_receiver: *The task of ${safe(owner.name, 80)}*`;
}

function sayReach({ email, phone, url, hours }: PinnedVendor): string {
  const ways = [
    ...(email === null ? [] : [`mail ${safe(email, 100)}`]),
    ...(phone === null ? [] : [`phone ${safe(phone, 40)}`]),
    ...(url === null ? [] : [safe(url, 200)]),
  ];
  return `Reached by ${ways.join(', ')}${hours === null ? '' : ` (${safe(hours, 100)})`}`;
}

function sayMail({ mail }: VendorTask): readonly string[] {
  switch (mail.status) {
    case 'none':
      return [];
    case 'intended':
      return [`:outbox_tray: ${who(mail.by)} sends the mail …`];
    case 'sent':
      return [`:outbox_tray: ${who(mail.by)} has sent the mail at ${timeOfDay(mail.at)}`];
    case 'failed':
      return [`:x: The mail did not go out: ${safe(mail.says, 300)}`];
    case 'unknown':
      return [`:grey_question: The mail may not have gone out: ${safe(mail.says, 300)}`];
    default:
      return mail satisfies never;
  }
}

function sayAsked({ askedBy, askedAt, vendor }: VendorTask): string {
  return [
    `asked for by ${who(askedBy)}`,
    moment(askedAt),
    `task of ${safe(vendor.owner, 40)}`,
    ...(vendor.account ? ['the number of our account is added to the mail, and stands nowhere else'] : []),
  ].join(' · ');
}

function choices({ token, vendor, mail }: VendorTask): readonly ReturnType<typeof button>[] {
  const mayMail = vendor.email !== null && (mail.status === 'none' || mail.status === 'failed' || mail.status === 'unknown');
  const confirm = { title: 'Send this mail?', text: `To ${vendor.email}. What stands above goes out as it is.`, yes: 'Send it' };
  return [
    ...(mayMail ? [button(ACTIONS.vendorMail, 'Send the mail', token, { style: 'primary', confirm })] : []),
    button(ACTIONS.vendorTake, 'I do it', token),
    button(ACTIONS.vendorDone, 'They were asked', token),
  ];
}
