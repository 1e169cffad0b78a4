import type { Alert } from '../../src/core/alert/alert.ts';
import type { Alerts } from '../../src/core/alert/port.ts';
import type { AlertGroup } from '../../src/core/alert/state.ts';
import type { Storm } from '../../src/core/storm/state.ts';
import { alertCard } from '../../src/slack/cards/alert-card.ts';
import { alertsOverviewCard } from '../../src/slack/cards/alerts-overview-card.ts';
import type { Card } from '../../src/slack/cards/blocks.ts';
import { quarantineCard, stormCard } from '../../src/slack/cards/storm-card.ts';
import { alert, does, JOIN, minute, play, said, SILENCE } from '../core/alert/scenes.ts';

/** An installation to which nobody sends alerts. */
export const NO_ALERTS: Alerts = {
  find: async () => await Promise.resolve(null),
  overview: async () => await Promise.resolve({ status: 'shown', groups: [], shut: [] }),
  silence: async () => await Promise.resolve({ status: 'refused', says: 'Nobody has heard of these alerts.' }),
  openIncident: async () => await Promise.resolve({ status: 'refused', says: 'Nobody has heard of these alerts.' }),
  joinIncident: async () => await Promise.resolve(),
  onChange: () => () => undefined,
};

const rude: Alert = {
  ...alert('web', 1),
  summary: '<!channel> look & see <https://evil.example|here>',
  labels: { alertname: 'ErrorRateHigh', service: '*web* <@U1>' },
  value: null,
  link: 'https://grafana.example/d/1?a=1&b=2',
};
const open = play(said(0, alert('api', 0), rude), said(5, alert('api', 0), rude));
const many = play(said(0, ...Array.from({ length: 6000 }, (_, index) => alert(`api-${index}`, 0))));
const resolved = [
  said(0, alert('api', 0), rude),
  does(1, SILENCE),
  does(2, JOIN),
  said(9, alert('api', 0, 8), { ...rude, status: 'resolved' }),
] as const;
const flips = Array.from({ length: 11 }, (_, index) =>
  said(index * 2, index % 2 === 0 ? alert('api', index * 2) : alert('api', (index - 1) * 2, index * 2)),
);
const storm: Storm = {
  number: 1,
  since: minute(0),
  until: null,
  limit: 10,
  withinMs: 600_000,
  groups: 312,
  alerts: 29_870,
  heldBack: 302,
  resolved: 120,
};

function ofGroup(group: AlertGroup, channel: string | null = null, canWatch = false): Card {
  return alertCard({ group, episode: group.episode, channel, canWatch });
}

/** Everything that people read about alerts. */
export const ALERT_CARDS: Readonly<Record<string, Card>> = {
  'alert-firing': ofGroup(open.state, null, true),
  'alert-many': ofGroup(many.state),
  'alert-silenced': ofGroup(play(...resolved.slice(0, 3)).state, 'C060INC'),
  'alert-resolved': ofGroup(play(...resolved).state, 'C060INC'),
  'alert-flapping': ofGroup(play(...flips).state),
  'reply-alerts': alertsOverviewCard({
    groups: [open.state, play(...resolved.slice(0, 3)).state, many.state],
    shut: [
      { source: 'shop', at: minute(9), says: 'The body has the key "<b>" twice.', begins: '{"a": `1`, "a": <!channel>}', characters: 4711 },
      { source: 'shop', at: minute(2), says: 'It is no JSON.', begins: '', characters: 0 },
    ],
  }),
  'reply-no-alerts': alertsOverviewCard({ groups: [], shut: [] }),
  'alert-storm': stormCard(storm),
  'alert-storm-over': stormCard({ ...storm, until: minute(25), resolved: 302 }),
  'alert-quarantine': quarantineCard({ number: 1, at: minute(0), source: 'shop', says: 'The body has the key "<b>" twice.', kept: 3 }),
};
