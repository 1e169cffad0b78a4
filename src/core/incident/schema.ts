import { z } from 'zod';
import { bounds } from '../procedure/action-schema.ts';
import { DurationText, Id, Name, SlackChannel, Title } from '../procedure/scalar-schema.ts';

/** What `rollbot.yml` may say about incidents. */

const Severity = z
  .strictObject({
    title: Title.describe('What it is called in messages and reports.'),
    tell: z.array(Id).min(1).optional().describe('Roles that are called into the channel when it is set; in a drill they are only named.'),
    'update-every': DurationText.optional().describe('How often people outside have to hear of it; Rollbot asks for the next update then.'),
  })
  .describe('How bad an incident is, and what follows from that.');

export const Severities = z.record(Id, Severity).describe('From the worst to the mildest.');

const Criterion = z
  .strictObject({
    title: Title,
    metric: Name.optional().describe(
      'Read when an incident is to be closed, on each target that it has touched; people are asked where it is left out.',
    ),
    expect: z
      .strictObject(bounds)
      .refine((expect) => Object.keys(expect).length > 0, 'at least one of above, below, at-least, at-most')
      .optional()
      .describe('What the metric has to be.'),
  })
  .refine(({ metric, expect }) => (metric === undefined) === (expect === undefined), 'metric and expect together, or neither of them')
  .describe('Something that has to be true before an incident may be closed without a reason.');

export type CriterionSettings = z.infer<typeof Criterion>;

export const SuccessCriteria = z.array(Criterion).min(1).max(12).describe('The checklist for closing an incident.');

const Link = z
  .string()
  .max(500)
  .regex(/^https?:\/\/[^\s<>|]+$/, 'an address such as https://grafana.example/d/shop');
const Emoji = z.string().regex(/^[a-z0-9_+'-]{1,100}$/, 'the name of an emoji without colons, such as pushpin');

export const Incidents = z
  .strictObject({
    'timeline-reaction': Emoji.optional().describe(
      'A message of the incident channel that gets this reaction joins the timeline; pushpin where it is left out.',
    ),
    dashboard: Link.optional().describe('A bookmark of every incident channel.'),
    procedures: Link.optional().describe('Where the files of procedures can be read; <id>.yml is put behind it for a bookmark.'),
  })
  .describe('What belongs to every incident.');

const Places = z.strictObject({
  channels: z.array(SlackChannel).min(1).max(10).optional(),
  mail: z.array(z.email()).min(1).max(50).optional().describe('Addresses of people or lists.'),
});

export const Updates = z
  .strictObject({ engineering: Places.optional(), business: Places.optional() })
  .describe('Where /incident update sends its two texts, besides the channel of the incident.');
