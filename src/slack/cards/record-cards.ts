import { sayDuration } from '../../core/duration.ts';
import type { RoleId } from '../../core/brand.ts';
import type { IncidentRecord, SentUpdate } from '../../core/incident/record.ts';
import { INCIDENT_ROLES } from '../../core/incident/record-event.ts';
import { isTriedAgain } from '../../core/incident/mail-due.ts';
import type { Audience } from '../../core/incident/record-event.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import { linesOf } from './announcement-card.ts';
import { button, buttons, card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import type { Incident } from './incident-card.ts';
import { safe } from './text.ts';
import { call, moment, sayRoles, who } from './words.ts';

type Severity = NonNullable<IncidentRecord['severity']>;

/** Calls whoever has to be told at this severity; in a drill they are only named. */
export function severityCard(severity: Severity, { drill }: Incident, settings: Settings): Card {
  const { id, title, tell, updateEveryMs, by, at } = severity;
  const called = tell.length === 0 ? '' : drill ? `_${sayRoles(tell)} would be called_ ` : `${call(tell, settings)} `;
  const lead = `${called}:rotating_light: *${drill ? 'Drill: ' : ''}${safe(id, 40)}: ${safe(title)}*, set by ${who(by)}`;
  const every = updateEveryMs === null ? [] : [`People outside hear of it every ${sayDuration(updateEveryMs)}: \`/incident update\``];
  return card({ text: [lead, ...every].join('. '), top: [section([lead, ...every].join('\n')), context(moment(at))] });
}

/** An update in the incident's own channel: both texts, and where they went. */
export function updateCard({ number, update, by, at, mailed }: SentUpdate, { drill }: Incident): Card {
  const lead = `:mega: *${drill ? 'Drill: ' : ''}Update ${number}* by ${who(by)}`;
  const channels = [...new Set([...update.engineering.to.channels, ...update.business.to.channels])].map((id) => `<#${id}>`);
  const mails = update.engineering.to.mail.length + update.business.to.mail.length;
  const went = [...channels, ...(mails > 0 ? [mails === 1 ? 'one address' : `${mails} addresses`] : [])];
  return card({
    text: `${lead}: ${linesOf(update.engineering.text).replaceAll('\n', ' ')}`,
    top: [
      section(lead),
      section(`*For engineers*\n${linesOf(update.engineering.text)}`),
      section(`*For the business*\n${linesOf(update.business.text)}`),
      ...Object.values(mailed).flatMap((each) => (each.status === 'sent' || each.status === 'intended' ? [] : [context(sayMailed(each))])),
      context([went.length > 0 ? `Goes to ${went.join(', ')}` : 'Goes to this channel alone', moment(at)].join(' · ')),
    ],
  });
}

function sayMailed(mailed: SentUpdate['mailed'][Audience] & object): string {
  const says = safe(mailed.says, 300);
  const again = isTriedAgain(mailed);
  if (mailed.status !== 'unknown') return `:warning: ${again ? 'The mail is tried again' : 'The mail did not go out'}: ${says}`;
  const then = again ? 'It is sent again, so some may get it twice.' : 'Ask somebody who should have it.';
  return `:grey_question: Nobody knows whether the mail went out: ${says} ${then}`;
}

/** An update where people outside read it. */
export function updateForCard({ number, update, at }: SentUpdate, audience: Audience, { title, record }: Incident): Card {
  const severity = record.severity ? ` · ${safe(record.severity.id, 40)}` : '';
  const lead = `:mega: *${safe(title)}*: update ${number}`;
  const says = linesOf(update[audience].text);
  return card({ text: `${lead} ${says.replaceAll('\n', ' ')}`, top: [section(`${lead}\n${says}`), context(`${moment(at)}${severity}`)] });
}

/** Asks for the update that is due, of whoever has the role for it. */
export function updateDueCard(
  { token, done }: { readonly token: string; readonly done: boolean },
  { record, drill }: Incident,
  settings: Settings,
  commanders: readonly RoleId[],
): Card {
  const person = record.people.communications ?? record.people.commander;
  const called = person ? `<@${person.id}>` : call(commanders, settings);
  const lead = done
    ? ':white_check_mark: This update has been sent.'
    : `${called} :hourglass_flowing_sand: ${drill ? 'Drill: ' : ''}People outside wait for an update.`;
  const ask = buttons(button(ACTIONS.writeUpdate, 'Write the update', token, { style: 'primary' }));
  return card({ text: lead, top: [section(lead)], bottom: done ? [] : [ask] });
}

/** Who does what, in one line; nothing where nobody does anything yet. */
export function sayPeople({ people }: IncidentRecord): string {
  return INCIDENT_ROLES.flatMap((role) => (people[role] ? [`${role} ${safe(people[role].name, 80)}`] : [])).join(' · ');
}
