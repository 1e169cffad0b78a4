import { z } from 'zod';
import { DurationText, Id } from '../procedure/scalar-schema.ts';

/** Who may use Rollbot from the terminal of its host, and who may go on alone: two parts of `rollbot.yml`. */

const SlackUser = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "a Slack member's id such as U012ABCDEF");
const OsUser = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, "an operating system's user such as dana");

const TerminalPerson = z
  .strictObject({
    slack: SlackUser.optional().describe('The same person in Slack, so that nobody counts twice.'),
    contact: Id.optional().describe('A name under contacts: that has a slack:, instead of it.'),
    name: z.string().min(1).max(80).optional().describe('How this person is called; the name of the user where it is left out.'),
  })
  .refine(({ slack, contact }) => (slack === undefined) !== (contact === undefined), 'either slack: or contact:')
  .describe('The person that a user of the operating system is.');

export const Terminal = z
  .strictObject({
    people: z.record(OsUser, TerminalPerson).describe('The people who may use Rollbot from a terminal, by their user on its host.'),
    'roles-hold': DurationText.optional().describe(
      'How long the roles that Slack gave somebody count while Slack does not answer; 24h where it is left out.',
    ),
  })
  .describe('Rollbot from the terminal, with Slack or without it.');
export type Terminal = z.infer<typeof Terminal>;

export const BreakGlass = z
  .strictObject({
    roles: z.array(Id).min(1).describe('Roles whose holders may override an approval that nobody gives.'),
    tells: Id.describe('Another role, which is told at once, and has to look at it afterwards.'),
    holds: DurationText.optional().describe('How long an override counts until its step has begun; 5m where it is left out.'),
  })
  .describe('The way past an approval for whoever is alone at night. Without it there is none.');
export type BreakGlass = z.infer<typeof BreakGlass>;
