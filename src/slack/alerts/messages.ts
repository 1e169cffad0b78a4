import type { AlertGroup } from '../../core/alert/state.ts';
import type { Weather } from '../../core/storm/state.ts';
import { alertCard } from '../cards/alert-card.ts';
import type { Card } from '../cards/blocks.ts';
import { quarantineCard, stormCard } from '../cards/storm-card.ts';

/** One message about alerts that the state wants, and what it has to say. */
export type AlertMessage = {
  readonly key: string;
  readonly card: Card;
  /** It is not worth posting any more; where it stands already, it is brought up to date. */
  readonly onlyEdit: boolean;
};

/** The message of a group, and of the time before it opened last. What is over is never posted anew, and what is held back not at all. */
export function messagesOfGroup(group: AlertGroup, channel: string | null): readonly AlertMessage[] {
  const { episode, before } = group;
  return [before, episode].flatMap((each) => {
    if (each === null || each.number === 0 || each.storm !== null) return [];
    const onlyEdit = each !== episode || group.status === 'closed';
    return [{ key: `alerts:${each.number}`, card: alertCard({ group, episode: each, channel }), onlyEdit }];
  });
}

/** The message of the last storm, and of what could not be read. */
export function messagesOfWeather({ storm, quarantine }: Weather): readonly AlertMessage[] {
  return [
    ...(storm ? [{ key: `storm:${storm.number}`, card: stormCard(storm), onlyEdit: false }] : []),
    ...(quarantine ? [{ key: `quarantine:${quarantine.number}`, card: quarantineCard(quarantine), onlyEdit: false }] : []),
  ];
}
