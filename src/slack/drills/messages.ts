import { drillChecklistCard } from '../cards/drill-checklist.ts';
import type { Desired, MessageView } from '../messages.ts';

/** What the channel of a drill has besides that of any incident: the checklist at its end. */
export function drillMessages({ incident, settings }: Pick<MessageView, 'incident' | 'settings'>): readonly Desired[] {
  const card = drillChecklistCard(incident, settings);
  if (card === null) return [];
  const onlyEdit = incident.status === 'closed';
  return [{ key: 'drill-checklist', place: { kind: 'incident' }, priority: 'approval', content: { kind: 'card', card }, onlyEdit }];
}
