import { z } from 'zod';
import { parseDuration } from '../duration.ts';
import { DurationText, Id, Name, SlackChannel, SlackUser, TimeOfDay, Title } from '../procedure/scalar-schema.ts';
import { isZone } from '../zone.ts';
import { ORDINALS, WEEKDAYS } from './schedule.ts';

/** What may stand under `drills:`; lengths of time are milliseconds once it is read. */

const Duration = DurationText.transform((text) => parseDuration(text) ?? 0);
const LAST_DAY_OF_ALL_MONTHS = 28;
const NTH_WEEKDAY = new RegExp(`^(${ORDINALS.join('|')}) (${WEEKDAYS.join('|')})$`);

const Schedule = z
  .strictObject({
    every: z.enum(['month', 'quarter']).describe('A quarter begins in January, April, July or October, and the drill is in that month.'),
    day: z
      .union([
        z.int().min(1).max(LAST_DAY_OF_ALL_MONTHS),
        z.string().regex(NTH_WEEKDAY, 'a day such as "first tuesday", "last friday" or 15'),
      ])
      .describe('Which day of the month: first tuesday, last friday, or 15.'),
    at: TimeOfDay,
    zone: z.string().refine(isZone, 'a time zone such as Europe/Berlin'),
  })
  .describe('When it is practised.');
export type Schedule = z.output<typeof Schedule>;

const Trouble = z
  .strictObject({
    'silent-approver': Duration.optional().describe(
      'Whoever approves first has to stay silent for so long, so that somebody else is needed.',
    ),
    'failing-step': z.string().min(1).optional().describe('This step counts as failed at its first attempt, before it has done anything.'),
  })
  .refine((trouble) => Object.keys(trouble).length > 0, '"silent-approver", "failing-step" or both')
  .describe('What goes wrong on purpose.');

const Drill = z
  .strictObject({
    title: Title,
    procedure: Id,
    target: Id.describe('Where it is practised; never a protected target.'),
    params: z
      .record(Name, z.union([z.string(), z.number()]))
      .optional()
      .describe('Values for the parameters of the procedure.'),
    schedule: Schedule,
    starts: z
      .enum(['button', 'itself'])
      .prefault('button')
      .describe('Whether somebody has to press a button, or it starts at its time by itself.'),
    'open-for': Duration.prefault('1h').describe(
      'How long after its time it can be started by the button; after that it counts as missed.',
    ),
    channel: SlackChannel.optional().describe('Where it is announced; the channel for announcements where it is left out.'),
    people: z.array(SlackUser).min(1).optional().describe('Who has signed up for good; others sign up each time.'),
    roles: z.array(Id).min(1).optional().describe('Roles whose holders have all signed up.'),
    trouble: Trouble.optional(),
  })
  .describe('A procedure that is practised, on a target that is not protected.');
export type Drill = z.output<typeof Drill>;

export const Drills = z.record(Id, Drill).describe('What is practised, and when, by name.');
