import type { AlertGroup } from '../../core/alert/state.ts';
import type { Instant } from '../../core/brand.ts';
import type { Weather } from '../../core/storm/state.ts';
import { alertCard } from '../cards/alert-card.ts';
import type { AlertCardParts } from '../cards/alert-card.ts';
import type { Card } from '../cards/blocks.ts';
import { quarantineCard, stormCard } from '../cards/storm-card.ts';
import type { LiveMessage } from '../live.ts';

/** What has come and gone while nobody could be told is told for so long. */
const NEWS_MS = 24 * 60 * 60_000;

type Shown = Pick<AlertCardParts, 'channel' | 'canWatch'>;

/**
 * The message of a group, and of the time before it opened last. What came and went while Slack was away is posted once all the
 * same; what is over longer than a day is not posted any more, and what is held back not at all.
 */
export function messagesOfGroup(group: AlertGroup, shown: Shown, now: Instant): readonly LiveMessage[] {
  const { episode, before } = group;
  return [before, episode].flatMap((each) => {
    if (each === null || each.number === 0 || each.storm !== null) return [];
    const onlyEdit = each !== episode || (each.closedAt !== null && now - each.closedAt > NEWS_MS);
    return [message(`alerts:${each.number}`, alertCard({ group, episode: each, ...shown }), onlyEdit)];
  });
}

/** The message of the last storm, and of what could not be read. */
export function messagesOfWeather({ storm, quarantine }: Weather): readonly LiveMessage[] {
  return [
    ...(storm ? [message(`storm:${storm.number}`, stormCard(storm))] : []),
    ...(quarantine ? [message(`quarantine:${quarantine.number}`, quarantineCard(quarantine))] : []),
  ];
}

function message(key: string, card: Card, onlyEdit = false): LiveMessage {
  return { key, body: { card }, priority: 'alert', onlyEdit };
}
