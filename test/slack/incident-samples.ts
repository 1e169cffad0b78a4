import type { Instant } from '../../src/core/brand.ts';
import type { Criterion } from '../../src/core/incident/criteria.ts';
import type { IncidentFact } from '../../src/core/incident/event.ts';
import { updateTexts } from '../../src/core/incident/update-text.ts';
import { closeForm, openForm, updateForm, writeUpForm } from '../../src/slack/cards/incident-forms.ts';
import { incidentHelpCard, incidentListCard } from '../../src/slack/cards/incident-help.ts';
import { incidentCard } from '../../src/slack/cards/incident-card.ts';
import { severityCard, updateCard, updateDueCard, updateForCard } from '../../src/slack/cards/record-cards.ts';
import { BEGINS, beginning, dana, mina, omar, opened, role, settings, told, token } from './story.ts';
import type { Told } from './story.ts';

/** What people read of an incident besides its runs. */

const rated: IncidentFact = {
  type: 'severity-set',
  severity: { id: 'sev1', title: 'Major incident', tell: [role('lead-developer'), role('devops-engineer')], updateEveryMs: 1_800_000 },
  by: dana,
  token: token('T-severity'),
};
const command: IncidentFact = { type: 'role-taken', role: 'commander', by: dana };
const scribe: IncidentFact = { type: 'role-handed-over', role: 'scribe', to: mina, by: dana };
const noted: IncidentFact = { type: 'note-added', text: 'The deploy of 13:40 <!channel> & more', saidAt: BEGINS, by: omar, message: null };
const sent: IncidentFact = {
  type: 'update-sent',
  number: 1,
  update: {
    engineering: {
      text: 'The cache is cold.\nWe clear <https://evil.example|it>.',
      to: { channels: ['C0ENG'], mail: ['eng@shop.example'] },
    },
    business: { text: 'Pages are slow.', to: { channels: ['C0BIZ'], mail: [] } },
  },
  by: dana,
};
const found: readonly IncidentFact[] = [
  { type: 'root-cause-set', text: 'A deploy turned warming on for everything.', by: dana },
  { type: 'action-item-added', title: 'Warm slowly', owner: null, by: dana },
];

const led = told(...beginning, rated, command, scribe, noted);
const updated = told(...beginning, rated, command, sent);
const unmailed = told(...beginning, rated, sent, {
  type: 'update-mailed',
  number: 1,
  audience: 'engineering',
  attempt: 1,
  status: 'failed',
  says: 'The mail server does not know us.',
});
const nobodyKnows = (attempt: number) =>
  told(...beginning, rated, sent, {
    type: 'update-mailed',
    number: 1,
    audience: 'business',
    attempt,
    status: 'unknown',
    says: 'Rollbot was stopped while it sent the mail, or the mail server has not answered.',
  });
const [lostOnce, lostForGood] = [nobodyKnows(1), nobodyKnows(5)];
const written = told(...beginning, ...found);
const practice = told({ ...opened, drill: true }, rated, sent);
const note = { channel: 'C060INC', responseUrl: null, incident: 'incident/k7m2xq' };
const severities = { sev1: { title: 'Major incident' }, sev2: { title: 'Some people notice' } };

const criteria: readonly Criterion[] = [
  { title: 'Error rate below 1 %', holds: true, says: 'It is 0.4 %.', by: 'reading' },
  { title: 'Cache hit rate above 60 %', holds: false, says: 'It is 42 %.', by: 'reading' },
  { title: 'Database queries below 500 ms', holds: null, says: "It can't be read: nothing answers.", by: 'reading' },
  { title: 'No data corruption detected', holds: null, says: 'Nobody has said so.', by: 'person' },
];
const good: readonly Criterion[] = criteria.slice(0, 1);
const places = { engineering: { channels: ['C0ENG'], mail: ['eng@shop.example'] }, business: { channels: [], mail: [] } };

function severity({ incident }: Told) {
  if (!incident.record.severity) throw new Error('Nobody has said how bad it is.');
  return severityCard(incident.record.severity, incident, settings);
}

function lastUpdate({ incident }: Told) {
  const update = incident.record.updates.at(-1);
  if (!update) throw new Error('Nobody was told.');
  return update;
}

export const INCIDENT_CARDS: Readonly<Record<string, object>> = {
  'incident-led': incidentCard(led.incident),
  'reply-incident-help': incidentHelpCard(),
  'reply-incident-list': incidentListCard([led.incident, practice.incident], [], led.now),
  'reply-incident-list-none': incidentListCard([], [], led.now),
  'severity-set': severity(led),
  'severity-drill': severity(practice),
  update: updateCard(lastUpdate(updated), updated.incident),
  'update-drill': updateCard(lastUpdate(practice), practice.incident),
  'update-not-mailed': updateCard(lastUpdate(unmailed), unmailed.incident),
  'update-mail-unknown': updateCard(lastUpdate(lostOnce), lostOnce.incident),
  'update-mail-never-known': updateCard(lastUpdate(lostForGood), lostForGood.incident),
  'update-outside': updateForCard(lastUpdate(updated), 'engineering', updated.incident),
  'update-due': updateDueCard({ token: 'T-due', done: false }, led.incident, settings, [role('lead-developer')]),
  'update-due-nobody': updateDueCard({ token: 'T-due', done: false }, written.incident, settings, [role('lead-developer')]),
  'update-due-sent': updateDueCard({ token: 'T-due', done: true }, updated.incident, settings, []),
  'form-incident-open': openForm({ severities }, note),
  'form-incident-close': closeForm(criteria, ['cache (r4t8wz) ended stopped'], note),
  'form-incident-close-well': closeForm(good, [], note),
  'form-update': updateForm(updateTexts(led.incident, (led.now + 600_000) as Instant), places, { drill: false, note }),
  'form-update-drill': updateForm(updateTexts(practice.incident, practice.now), places, { drill: true, note }),
  'form-write-up': writeUpForm(written.incident.record, note),
  'form-write-up-empty': writeUpForm(led.incident.record, note),
};
