import { z } from 'zod';
import type { RoleId } from '../brand.ts';
import { parseDuration } from '../duration.ts';
import type { PinnedFollowUp } from '../incident/event.ts';
import { DurationText, Id } from '../procedure/scalar-schema.ts';

/** What has to be done afterwards, as it stands in a procedure and in `rollbot.yml`. */
export const FollowUp = z
  .strictObject({
    title: z.string().min(1).max(150),
    owner: Id.describe('The role that sees to it; one of its holders takes it.'),
    due: DurationText.describe('How long after the run, or after the incident where nothing was run.'),
    drills: z.boolean().optional().describe('After a drill too.'),
  })
  .describe('Something that has to be done afterwards; its owner is reminded of it.');
export type FollowUp = z.infer<typeof FollowUp>;

/** A follow-up as it is kept by what asks for it. */
export function pinFollowUp({ title, owner, due, drills }: FollowUp): PinnedFollowUp {
  return { title, owner: owner as RoleId, dueMs: parseDuration(due) ?? 0, ...(drills && { drills }) };
}
