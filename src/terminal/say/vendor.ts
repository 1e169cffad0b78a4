import type { Json } from '../../core/digest.ts';
import { nameOf } from '../../core/incident/name-of.ts';
import type { PinnedVendor, VendorTask } from '../../core/vendor/state.ts';
import { iso, utc } from './words.ts';

/** The task of asking a vendor: whose it is, how they are reached, and what to type about it. */
export function taskLines(task: VendorTask): readonly string[] {
  const { vendor, why, owner, incident } = task;
  const whose = owner ? `the task of ${owner.name} (${vendor.owner})` : `nobody's task yet: somebody of ${vendor.owner} has to take it`;
  return [
    `${vendor.name}  Ask ${vendor.title}${why === '' ? '' : `: ${why}`}`,
    `  ${whose}, in the incident ${incident}; ${sayReach(vendor)}`,
    ...sayMail(task),
    `  rollbot page ${mayMail(task) ? 'mail|' : ''}ack|done ${vendor.name}`,
  ];
}

/** What is to be said to them, with the facts of the incident filled in. */
export function taskText({ text, vendor: { account } }: VendorTask): readonly string[] {
  return [
    '  What to say to them:',
    ...text.split('\n').map((line) => `    ${line}`),
    ...(account ? ['  The number of our account is added to the mail, and stands nowhere else.'] : []),
  ];
}

/** The same as data. */
export function taskData(task: VendorTask): Json {
  const { vendor, why, owner, incident, text, mail, token, askedBy, askedAt } = task;
  const { name, title, email, phone, url, hours } = vendor;
  return {
    vendor: name,
    title,
    incident,
    why,
    text,
    token,
    owner: owner?.name ?? null,
    role: vendor.owner,
    reached: { email, phone, url, hours },
    mail: mail.status,
    mayMail: mayMail(task),
    askedBy: nameOf(askedBy),
    askedAt: iso(askedAt),
  };
}

function mayMail({ vendor, mail }: VendorTask): boolean {
  return vendor.email !== null && mail.status !== 'sent' && mail.status !== 'intended';
}

function sayReach({ email, phone, url, hours }: PinnedVendor): string {
  const ways = [
    ...(email === null ? [] : [`mail ${email}`]),
    ...(phone === null ? [] : [`phone ${phone}`]),
    ...(url === null ? [] : [url]),
  ];
  return `reached by ${ways.join(', ')}${hours === null ? '' : ` (${hours})`}`;
}

function sayMail({ mail }: VendorTask): readonly string[] {
  switch (mail.status) {
    case 'none':
      return [];
    case 'intended':
      return [`  ${nameOf(mail.by)} sends the mail …`];
    case 'sent':
      return [`  ${nameOf(mail.by)} has sent the mail at ${utc(mail.at)}.`];
    case 'failed':
      return [`  The mail did not go out: ${mail.says}`];
    case 'unknown':
      return [`  The mail may not have gone out: ${mail.says}`];
    default:
      return mail satisfies never;
  }
}
