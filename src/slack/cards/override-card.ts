import { shortDigest } from '../../core/digest.ts';
import type { Override } from '../../core/incident/state.ts';
import type { ApprovalCardParts } from './approval-card.ts';
import { card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { safe } from './text.ts';
import { call, moment, sayRoles, who } from './words.ts';

/** Calls the role that has to look at it: one person alone has decided what others were asked about. */
export function overrideCard({ ask, override, run, step, settings, drill }: ApprovalCardParts & { readonly override: Override }): Card {
  const { by, reason, tells, at } = override;
  const what = `“${safe(step.plan.title)}” of ${safe(run.procedure.title)} on *${safe(run.target.name, 60)}*`;
  const lead = `${call([tells], settings)} ${drill ? 'Drill: ' : ''}${who(by)} has gone on without the approval of ${sayRoles(ask.approval.by)}: ${what}`;
  return card({
    text: `OVERRIDE. ${lead}: ${safe(reason, 1000)}`,
    top: [
      header(`🔴 OVERRIDE: ${drill ? 'drill: ' : ''}${step.plan.title}`),
      section(`:red_circle: *OVERRIDE* ${lead}`),
      section(`*Because:* ${safe(reason, 1000)}`),
      context(
        [
          moment(at),
          `digest \`${shortDigest(ask.approval.digest)}\``,
          `run ${safe(run.id, 20)}`,
          `${sayRoles([tells])} has to look at it, and it stands in the report`,
        ].join(' · '),
      ),
    ],
  });
}
