import { z } from 'zod';
import { DurationText, Id, SlackChannel } from '../procedure/scalar-schema.ts';
import { SecretSource } from '../secret-source.ts';

/** What speaks to us. A new kind is a word here, a file in src/intake/alerts/ and a line in its table. */
const SourceKind = z.enum(['alertmanager', 'grafana', 'generic']);
export type SourceKind = z.infer<typeof SourceKind>;

const Source = z
  .strictObject({
    kind: SourceKind.describe('What sends the alerts, and so what they look like.'),
    secret: SecretSource.describe('What the source shows, or signs with; each source has its own.'),
    targets: z.array(Id).min(1).describe('The targets that this source may speak of, and no others.'),
    'timestamp-header': z
      .string()
      .regex(/^[A-Za-z0-9-]{1,80}$/, "a header's name")
      .optional()
      .describe('Of a Grafana that signs the time as well: the header with the time. A signature without it is refused then.'),
  })
  .describe('One monitoring system. It sends to /alerts/<its name> on the port of the health server.');
export type SourceSettings = z.infer<typeof Source>;

const Label = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.:/-]{0,99}$/, "a label's name");

const Route = z
  .strictObject({
    match: z
      .record(Label, z.string().max(200))
      .refine((match) => Object.keys(match).length > 0, 'at least one label')
      .describe('Labels with exactly these values; an alert has to have all of them.'),
    target: Id,
    procedures: z.array(Id).min(1).describe('What *Roll back…* offers, the likeliest first.'),
    triggers: z.array(Id).min(1).optional().describe('The triggers that such an alert speaks for.'),
  })
  .describe('What an alert may lead to. It is decided here and never by its own text.');
export type Route = z.infer<typeof Route>;

const Storm = z
  .strictObject({
    groups: z.int().min(1).max(100).optional().describe('How many groups may open in that time before it is a storm; 10 otherwise.'),
    within: DurationText.optional().describe('10m where it is left out.'),
  })
  .describe('From when on new groups share one message.');

export const Alerts = z
  .strictObject({
    channel: SlackChannel.describe('The channel in which alerts are shown.'),
    sources: z.record(Id, Source),
    routes: z.array(Route).optional(),
    storm: Storm.optional(),
  })
  .describe('Who may send alerts, where they are shown, and what they may lead to.');
export type AlertSettings = z.infer<typeof Alerts>;
