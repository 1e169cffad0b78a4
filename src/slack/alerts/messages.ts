import type { AlertGroup } from '../../core/alert/state.ts';
import type { Weather } from '../../core/storm/state.ts';
import { alertCard } from '../cards/alert-card.ts';
import type { Card } from '../cards/blocks.ts';
import { quarantineCard, stormCard } from '../cards/storm-card.ts';
import type { LiveMessage } from '../live.ts';

/** The message of a group, and of the time before it opened last. What is over is never posted anew, and what is held back not at all. */
export function messagesOfGroup(group: AlertGroup, channel: string | null): readonly LiveMessage[] {
  const { episode, before } = group;
  return [before, episode].flatMap((each) => {
    if (each === null || each.number === 0 || each.storm !== null) return [];
    const onlyEdit = each !== episode || group.status === 'closed';
    return [message(`alerts:${each.number}`, alertCard({ group, episode: each, channel }), onlyEdit)];
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
