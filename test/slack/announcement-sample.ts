import type { IncidentFact } from '../../src/core/incident/event.ts';
import { announcementMessages } from '../../src/slack/announcements.ts';
import type { Card } from '../../src/slack/cards/blocks.ts';
import { announcement, linked, opened, settings, started, told } from './story.ts';
import type { Said, Told } from './story.ts';

/** An incident in which this was announced. */
export function announcedStory(said: Said, begins: IncidentFact = opened, ends: readonly IncidentFact[] = []): Told {
  const { plan, facts } = announcement('tell', said);
  const steps = [...started.procedure.steps, plan];
  return told(begins, linked, { ...started, procedure: { ...started.procedure, steps } }, ...facts, ...ends);
}

/** The first message of it. */
export function announced(said: Said, begins: IncidentFact = opened): Card {
  const { incident } = announcedStory(said, begins);
  const message = announcementMessages({ incident, settings })[0]?.messages[0];
  if (message?.content.kind !== 'card') throw new Error('Nothing is announced.');
  return message.content.card;
}

/** What people might be told. */
export const degraded = {
  text: 'Status: degraded but operational.\n\nPages load slowly <!channel> & *more* follows at ${run.id}.',
  status: 'degraded',
  to: ['incident', 'lead-developer', 'devops-engineer'],
} as const;
