import { sayDuration } from '../../core/duration.ts';
import type { Quarantined, Storm } from '../../core/storm/state.ts';
import { card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { count } from './numbers.ts';
import { safe } from './text.ts';
import { moment } from './words.ts';

/** One message for all groups that have none of their own. */
export function stormCard({ since, until, limit, withinMs, groups, alerts, heldBack, resolved }: Storm): Card {
  const lead =
    until === null
      ? `:tornado: *A storm of alerts* since ${moment(since)}`
      : `:partly_sunny: *The storm of alerts is over*: it went on from ${moment(since)} until ${moment(until)}`;
  const sum = `*${count(groups)} groups* with *${count(alerts)} alerts* have opened in it`;
  const firing = heldBack - resolved;
  const held = `*${count(heldBack)} groups are held back*: they have no message of their own here. ${count(firing)} of them ${firing === 1 ? 'is' : 'are'} still firing, ${count(resolved)} resolved`;
  return card({
    text: [lead, sum, held].join('. '),
    top: [header(until === null ? 'Storm of alerts' : 'Storm of alerts: over'), section([lead, sum, held].join('\n'))],
    bottom: [context(`More than ${count(limit)} groups in ${sayDuration(withinMs)} are a storm (\`alerts: storm:\` in rollbot.yml)`)],
  });
}

/** Says that something came in which nobody could read. */
export function quarantineCard({ source, says, kept }: Quarantined): Card {
  const lead = `:warning: Something from *${safe(source, 40)}* could not be read: ${safe(says, 400)}`;
  const many =
    kept === 1 ? 'It is kept in the quarantine of alerts.' : `${count(kept)} such deliveries are kept in the quarantine of alerts.`;
  return card({ text: `${lead} ${many}`, top: [section(lead)], bottom: [context(`${many} This is said once an hour at most.`)] });
}
