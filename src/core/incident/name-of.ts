import type { Actor } from './event.ts';

/** Who did it, in words, and where, if that was not in Slack: everybody who reads it can then look there. */
export function nameOf(actor: Actor): string {
  if (actor.kind === 'rollbot') return 'Rollbot';
  return actor.via === 'terminal' ? `${actor.name} (in the terminal)` : actor.name;
}
