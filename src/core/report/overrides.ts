import type { IncidentEvent } from '../incident/event.ts';
import { approvalOf } from '../incident/find.ts';
import { reviewTitle } from '../incident/follow-ups.ts';
import type { IncidentState, Run } from '../incident/state.ts';
import { md, utc } from './markdown.ts';
import { sayEvent } from './timeline.ts';

/** Who went on alone, and why, is not for the small print. */
export function overridesSection(events: readonly IncidentEvent[], state: IncidentState): string {
  const lines = events.flatMap((event) =>
    event.type === 'approval-overridden' ? [`- ${utc(event.at)} **${md(sayEvent(event, state) ?? '')}**`] : [],
  );
  return lines.length === 0 ? '' : `## 🔴 Overridden\n\n${lines.join('\n')}`;
}

/** What has to be looked at afterwards, for the list of what is to be done. */
export function reviewItems(runs: readonly Run[]): readonly string[] {
  return overridesOf(runs).map(({ title, tells }) => `- [ ] 🔴 ${md(title)} (${md(tells)})`);
}

/** What has to be reviewed because somebody went on alone, by the title that it has on every list, and who was told. */
export function overridesOf(runs: readonly Run[]): readonly { readonly title: string; readonly tells: string }[] {
  return runs.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      const approval = approvalOf(step);
      if (!approval?.override) return [];
      const { by, tells } = approval.override;
      return [{ title: reviewTitle(step.plan.title, by, approval.digest), tells }];
    }),
  );
}
