import { CHECKLIST } from '../../core/drill/checklist.ts';

const PARTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['the title', /^# Drill scorecard: \S/m],
  ['the time against the estimate', /\| (🟢|🟡|🔴) /u],
  ['who answered how fast', /\| \w+ \| approved \| .+ \| [\d.]+ (s|min)/],
  ['who had to stay silent, and how that was met', /A silent approver \(\w+\), at .*: \w+ approved after/],
  ['the step that was made to fail, and how that was met', /A step that fails, at .*: \w+ chose retry after/],
  ['who answered the checklist', /^Answered by \w+/m],
];

/** What the scorecard of a drill with a silent approver and a failing step lacks; nothing where it is complete. */
export function missingInScorecard(scorecard: string): readonly string[] {
  const questions = Object.values(CHECKLIST).filter((question) => !scorecard.includes(question));
  return [...PARTS.filter(([, pattern]) => !pattern.test(scorecard)).map(([what]) => what), ...questions];
}
