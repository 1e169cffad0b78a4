import type { Instant } from '../../src/core/brand.ts';
import type { DoctorFinding } from '../../src/core/doctor/finding.ts';
import { checkupCard } from '../../src/slack/cards/checkup-card.ts';

const AT = Date.UTC(2026, 10, 24, 3) as Instant;
export const DISK: DoctorFinding = {
  check: 'disk',
  level: 'failure',
  says: 'data has 0.1 GiB free of 40.0 GiB.',
  advice: 'Make room before a run stops for it.',
};
export const NEVER_DRILLED: DoctorFinding = {
  check: 'drills',
  level: 'warning',
  says: 'cache has never ended verified here.',
  advice: 'Drill it: /rollback drill cache.',
};

/** What the look at the installation has to say. */
export const CHECKUP_CARDS: Readonly<Record<string, object>> = {
  'checkup-one-thing': checkupCard({ number: 1, at: AT, worse: [DISK], more: 0 }),
  'checkup-many-things': checkupCard({ number: 2, at: AT, worse: [DISK, NEVER_DRILLED], more: 12 }),
  'checkup-longest': checkupCard({
    number: 3,
    at: AT,
    worse: Array.from({ length: 10 }, () => ({ ...DISK, says: '<&>*'.repeat(300), advice: '<&>'.repeat(300) })),
    more: 90,
  }),
};
