import type { Instant } from '../brand.ts';
import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { owedMails } from './mail-due.ts';
import type { Mailed } from './record.ts';
import { refuse } from './refusal.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

/** Whoever wins the append of this sends the mail of an update to one audience, and nobody else. */
export function intendMail(state: IncidentState, { number, audience }: Of<'intend-mail'>, now: Instant): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  const isOwed = owedMails(state.record).some((each) => each.number === number && each.audience === audience && each.at <= now);
  const known = mailedOf(state, { number, audience });
  if (!isOwed || known?.status === 'intended') return refuse('not-due');
  return [{ type: 'update-mail-intended', number, audience, attempt: (known?.attempts ?? 0) + 1 }];
}

/** Notes what became of a mail that was intended; a late answer changes nothing. */
export function noteMail(state: IncidentState, { number, audience, status, says }: Of<'note-mail'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  const known = mailedOf(state, { number, audience });
  return known?.status === 'intended' ? [{ type: 'update-mailed', number, audience, attempt: known.attempts, status, says }] : [];
}

function mailedOf(
  { record }: Exclude<IncidentState, { status: 'none' }>,
  { number, audience }: Pick<Of<'note-mail'>, 'number' | 'audience'>,
): Mailed | undefined {
  return record.updates.find((each) => each.number === number)?.mailed[audience];
}
