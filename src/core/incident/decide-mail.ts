import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { refuse } from './refusal.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Notes what became of an update's mail to one audience. Once it was taken, or given up, nothing more is noted. */
export function noteMail(state: IncidentState, { number, audience, status, says }: Of<'note-mail'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  const update = state.record.updates.find((each) => each.number === number);
  if (!update || update.update[audience].to.mail.length === 0) return refuse('not-due');
  const { attempts = 0, status: before = null } = update.mailed[audience] ?? {};
  if (before !== null && before !== 'again') return [];
  return [{ type: 'update-mailed', number, audience, attempt: attempts + 1, status, says }];
}
