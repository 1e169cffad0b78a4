import { z } from 'zod';
import { DurationText, Id, SlackChannel, SlackUser, TimeOfDay } from '../procedure/scalar-schema.ts';
import { SecretSource } from '../secret-source.ts';

/** Who is reached how, who is on call when, and whom outside to ask: the parts of `rollbot.yml` that are about people. */

const Zone = z.string().regex(/^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+)$/, 'a time zone such as Europe/Berlin');
const Day = z.iso.date({ error: 'a day such as 2026-11-02' });
const Mail = z.email({ error: 'a mail address' });
const Weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
/** An absolute moment, in which nothing has to be guessed about a zone. */
const Moment = z.iso.datetime({ offset: true, error: 'a moment such as 2026-11-24T03:00:00Z' });

/** How somebody can be reached. A new medium is a word here, a file in src/paging/ and a line in its table. */
export const Medium = z.enum(['slack', 'pagerduty', 'email', 'webhook']);
export type Medium = z.infer<typeof Medium>;

const Quiet = z
  .strictObject({
    from: TimeOfDay,
    to: TimeOfDay,
    media: z.array(Medium).min(1).describe('What wakes this person; used in these hours instead of what the chain says.'),
  })
  .describe('Hours in which another medium is used. They never silence a page.');

export const Contact = z
  .strictObject({
    name: z.string().min(1).max(80).optional().describe('How this person is called where Slack can not be asked.'),
    slack: SlackUser.optional().describe('The member to whom a direct message goes, and who may acknowledge.'),
    email: Mail.optional(),
    pagerduty: SecretSource.optional().describe('Where the routing key of the PagerDuty service is found that pages this person.'),
    webhook: z
      .strictObject({ to: Id.describe('One of paging: webhooks:.'), address: z.string().min(1).max(200).describe('A phone number, say.') })
      .optional(),
    zone: Zone.optional().describe('Of the quiet hours; UTC where it is left out.'),
    quiet: Quiet.optional(),
    drills: z.boolean().optional().describe('Whether drills may page this person.'),
  })
  .describe('A person, and how to reach them.');
export type Contact = z.infer<typeof Contact>;

export const Rotation = z
  .strictObject({
    people: z.array(Id).min(1).describe('Names under contacts:, in their order.'),
    every: z.enum(['day', 'week']),
    zone: Zone.describe('In which the hand-over has its time, also over the change of clocks.'),
    at: TimeOfDay.describe('When the next one takes over.'),
    on: Weekday.optional().describe('The day of a weekly hand-over; monday where it is left out.'),
    from: Day.describe('The day on which the first one begins.'),
    overrides: z
      .array(z.strictObject({ who: Id, from: Moment, to: Moment }))
      .optional()
      .describe('Somebody else for a while; more are made with /oncall override.'),
  })
  .describe('Who is on call when.');
export type Rotation = z.infer<typeof Rotation>;

const Stage = z
  .strictObject({
    to: z.array(Id).min(1).optional().describe('Roles, or names under contacts:; the next of the role that is paged where it is left out.'),
    by: z.array(Medium).min(1).optional().describe('All that the contact has where it is left out.'),
    wait: DurationText.describe('How long an acknowledgement is waited for; where every medium fails it is not waited at all.'),
  })
  .describe('One rung: who, by what, and how long until the next.');

const Chain = z
  .strictObject({
    stages: z.array(Stage).min(1).max(10),
    rounds: z.int().min(1).max(10).optional().describe('How often the whole of it is gone through; twice where it is left out.'),
    everybody: z.array(Id).optional().describe('Roles that are called together when all rounds were silent; all commanders otherwise.'),
  })
  .describe('How a page escalates.');

export const Paging = z
  .strictObject({
    chains: z.record(Id, Chain).optional().describe('By name; the one called default is used where a role says nothing.'),
    'approval-after': DurationText.optional().describe(
      'How long an approval waits before those who may give it are paged; 5m where it is left out.',
    ),
    'approval-again': DurationText.optional().describe(
      'How long whoever has the page of an approval may take before the next ones are called; half of what the approval still has left where it is left out.',
    ),
    channel: SlackChannel.optional().describe('Where pages without an incident are shown; channels: announce: otherwise.'),
    link: z.url().optional().describe('The address of the bot in links to acknowledge, with https:// and without a path.'),
    'link-secret': SecretSource.optional().describe('What those links are signed with.'),
    'link-holds': DurationText.optional().describe('How long they hold; 1h where it is left out.'),
    smtp: z.strictObject({ url: SecretSource.describe('smtps://user:password@host:465, or smtp:// with STARTTLS'), from: Mail }).optional(),
    pagerduty: z.strictObject({ url: z.url().optional().describe("Another server than PagerDuty's own, for tests.") }).optional(),
    webhooks: z
      .record(Id, z.strictObject({ url: z.url(), secret: SecretSource.describe('What the body is signed with, HMAC-SHA256.') }))
      .optional()
      .describe('Gateways for SMS and the rest; docs/paging.md says what is sent.'),
  })
  .describe('How people are reached.');
export type Paging = z.infer<typeof Paging>;

const ToldText = z
  .enum(['engineering', 'business', 'impact'])
  .describe('In which words: what is done, what users notice, or what has to be said about users.');
export type ToldText = z.infer<typeof ToldText>;

export const Tell = z
  .strictObject({
    on: z.enum(['run-started', 'severity-set']).describe('A run that starts on a protected target, or a severity that is set.'),
    procedures: z.array(Id).min(1).optional().describe('Of which runs; of all where it is left out. For run-started.'),
    severities: z.array(Id).min(1).optional().describe('Which ones; all where it is left out. For severity-set.'),
    roles: z.array(Id).min(1).describe('Who is paged.'),
    text: ToldText,
  })
  .describe('Who has to hear of it, beside those whom procedures and triggers page.');

export const Vendor = z
  .strictObject({
    title: z.string().min(1).max(80),
    about: z.string().max(150).optional(),
    support: z
      .strictObject({ email: Mail.optional(), phone: z.string().max(40).optional(), url: z.url().optional() })
      .refine((support) => Object.keys(support).length > 0, 'an email, a phone or a url'),
    account: SecretSource.optional().describe('Where the account or contract number is found; it stands in the mail and nowhere else.'),
    hours: z.string().max(100).optional(),
    owner: Id.describe('The role whose task it is to ask them.'),
    say: z
      .string()
      .max(2000)
      .optional()
      .describe('What to say; ${incident}, ${target}, ${procedure}, ${since} and ${impact} are filled in.'),
  })
  .describe('Somebody outside whose support can be asked.');
export type Vendor = z.infer<typeof Vendor>;
