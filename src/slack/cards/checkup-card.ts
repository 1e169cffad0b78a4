import type { Checkup } from '../../core/checkup/state.ts';
import type { DoctorFinding } from '../../core/doctor/finding.ts';
import { card, context, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { moment } from './words.ts';

const MARKS = { ok: ':white_check_mark:', warning: ':warning:', failure: ':x:' } as const;

/** Says what of the installation has got worse, and what to do about each. */
export function checkupCard({ at, worse, more }: NonNullable<Checkup['news']>): Card {
  const many = worse.length + more;
  const lead = `:stethoscope: *${many === 1 ? 'Something' : `${many} things`} a rollback needs got worse* (${moment(at)})`;
  const lines = worse.map(sayFinding);
  const rest = more === 0 ? [] : [`… and ${more} more`];
  return card({
    text: [lead, ...worse.map(({ says }) => safe(says, 200))].join('\n'),
    top: [section(lead), ...[...lines, ...rest].map((line) => section(line))],
    bottom: [context('`rollbot doctor` on its host says all that it looks at')],
  });
}

/** What was found, and what to do about it. */
export function sayFinding({ level, check, says, advice }: DoctorFinding): string {
  const what = `${MARKS[level]} *${safe(check, 40)}* ${safe(says, 200)}`;
  return advice === null ? what : `${what}\n      ${safe(advice, 150)}`;
}
