import type { Ask } from '../asks.ts';
import { safe } from './text.ts';
import { moment, who } from './words.ts';

/** What was decided, by whom and when, as one line: for the message, and for whoever clicks too late. */
export function decidedLine({ decided, ...ask }: Ask): string {
  if (!decided) return 'still open';
  const why = decided.why === null ? '' : `: ${safe(decided.why, 400)}`;
  const given = 'approval' in ask ? ask.approval.given : [];
  const name = decided.did === 'approved' && given.length > 1 ? given.map(({ by }) => who(by)).join(' and ') : who(decided.by);
  return `${name} ${safe(decided.did, 300)}${why} (${moment(decided.at)})`;
}
