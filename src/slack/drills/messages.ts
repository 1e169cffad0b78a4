import { drillChecklistCard } from '../cards/drill-checklist.ts';
import { madeWayCard } from '../cards/made-way-card.ts';
import type { Desired, Happened, MessageView } from '../messages.ts';

/** What the channel of a drill has besides that of any incident: the checklist at its end. */
export function drillMessages({ incident, settings }: Pick<MessageView, 'incident' | 'settings'>): readonly Desired[] {
  const card = drillChecklistCard(incident, settings);
  if (card === null) return [];
  const onlyEdit = incident.status === 'closed';
  return [{ key: 'drill-checklist', place: { kind: 'incident' }, priority: 'approval', content: { kind: 'card', card }, onlyEdit }];
}

/** Whoever practises reads why it ended in the middle: an edit of the run's card would tell nobody. */
export function madeWayMessages({ incident }: Pick<MessageView, 'incident'>): readonly Happened[] {
  return incident.runs.flatMap((run) => {
    if (run.madeWay === null) return [];
    const card = madeWayCard(run, run.madeWay);
    const message: Desired = { key: `made-way:${run.id}`, place: { kind: 'incident' }, priority: 'page', content: { kind: 'card', card } };
    return [{ at: run.madeWay.at, messages: [message] }];
  });
}
