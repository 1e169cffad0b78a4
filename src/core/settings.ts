import { z } from 'zod';
import { Alerts } from './alert/schema.ts';
import { Contact, Paging, Rotation, Tell, Vendor } from './contact/schema.ts';
import type { RoleId } from './brand.ts';
import { Drills } from './drill/schema.ts';
import { Incidents, Severities, SuccessCriteria, Updates } from './incident/schema.ts';
import { Expect, probes, Probe } from './procedure/action-schema.ts';
import {
  DeployableName,
  DurationText,
  EnvName,
  Id,
  LockName,
  Pattern,
  Pointer,
  SlackChannel,
  SlackUser,
} from './procedure/scalar-schema.ts';
import { Exports } from './export/schema.ts';
import { SecretSource } from './secret-source.ts';
import { FollowUp } from './followup/schema.ts';
import { KeyMetrics, Metrics } from './reading/schema.ts';
import { BreakGlass, Terminal } from './terminal/schema.ts';
import { Triggers } from './trigger/schema.ts';

/** All that may stand in `rollbot.yml`; strict, so that a typo is a mistake. What depends on other files is checked by the catalog. */

const SlackGroup = z.string().regex(/^S[A-Z0-9]{2,}$/, "a Slack user group's id such as S012ABCDEF");
const ChannelName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'a channel name without #');
const Var = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a name of lower-case letters, digits and underscores');

export const Deployable = z
  .strictObject({
    version: z
      .strictObject({
        ...probes,
        expect: Expect.optional(),
        pointer: Pointer.optional().describe('Where in the answer the version stands; all of it where this is left out.'),
        pattern: Pattern.optional().describe('What a version looks like.'),
      })
      .describe('A reading that says which version runs now.'),
    healthy: Probe.optional().describe('A reading that holds while the version that runs is healthy.'),
    'good-after': DurationText.optional().describe(
      'A version is verified by itself after it was healthy for this long; only by people where it is left out.',
    ),
    every: DurationText.optional().describe('How often it is read; 1m where it is left out.'),
    procedure: Id.optional().describe('The procedure that takes it back, for triggers that say last-changed.'),
  })
  .meta({ id: 'deployable', description: 'Something whose running version is watched.' });
export type Deployable = z.infer<typeof Deployable>;

export const Target = z
  .strictObject({
    about: z.string().max(150).optional(),
    protected: z.boolean().optional().describe('What makes production production: destructive steps without an approval are refused here.'),
    default: z.boolean().optional().describe('Where a procedure runs when nobody says where. Exactly one target has it.'),
    vars: z
      .record(Var, z.union([z.string(), z.number()]))
      .optional()
      .describe('Values for ${target.<name>}.'),
    secrets: z.record(Var, SecretSource).optional().describe('Secrets for ${secrets.<name>}; here stands only where they are.'),
    env: z
      .record(EnvName, z.union([z.string(), z.strictObject({ from: EnvName })]))
      .optional()
      .describe("The whole environment of this target's steps: fixed values, or { from: NAME } to pass on one of the bot's own."),
    'last-good': z
      .record(DeployableName, z.string().min(1))
      .optional()
      .describe('The last version known to be good, set by hand: used where no other is known that was verified.'),
    deployables: z
      .record(DeployableName, Deployable)
      .optional()
      .describe('What is deployed here, and how Rollbot sees which version of it runs.'),
    procedures: z.array(Id).min(1).optional().describe('The procedures that may run here; all of them where it is left out.'),
  })
  .describe('An environment that procedures run against.');
export type Target = z.infer<typeof Target>;

const Role = z
  .strictObject({
    about: z.string().max(150).optional(),
    people: z.array(SlackUser).optional(),
    groups: z.array(SlackGroup).optional().describe('Slack user groups; who is in them is read whenever it matters.'),
    contacts: z.array(Id).optional().describe('Names under contacts:, who hold this role as well.'),
    team: z.enum(['technical', 'business']).optional(),
    'on-call': Id.optional().describe('The rotation that says who of them is called first.'),
    drills: z.literal(false).optional().describe('Keeps drills from paging anybody because of this role.'),
    chain: Id.optional().describe('How a page to this role escalates; the chain called default where it is left out.'),
  })
  .describe('Who holds a role.');
export type Role = z.infer<typeof Role>;

const Ci = z
  .strictObject({ secret: SecretSource.describe('What CI shows in its Authorization header: Bearer, and this.') })
  .describe('What deploys, and reports what it has deployed.');

const Moment = z.iso.datetime({ offset: true, error: 'a moment such as 2026-11-24T03:00:00Z' });

const Maintenance = z
  .strictObject({
    targets: z.array(Id).min(1).optional().describe('All of them where it is left out.'),
    from: Moment,
    to: Moment,
    because: z.string().min(1).max(150),
  })
  .describe('A time in which nothing starts by itself.');

export const Settings = z
  .strictObject({
    platform: z.string().max(75).optional().describe('What is looked after, as it is called in reports.'),
    targets: z.record(Id, Target),
    shared: z
      .array(LockName)
      .min(1)
      .optional()
      .describe('Locks on what several targets have in common, such as repo:main: a run that claims one keeps out runs on every target.'),
    roles: z.record(Id, Role),
    start: z
      .record(z.union([Id, z.literal('*')]), z.array(Id).min(1))
      .describe('Which roles may start which procedures; * stands for all that are not named.'),
    channels: z
      .strictObject({
        prefix: ChannelName.optional().describe('How the names of incident channels begin.'),
        private: z.boolean().optional(),
        invite: z.array(Id).optional().describe('Roles whose holders are invited to every incident channel.'),
        announce: SlackChannel.optional().describe('A channel that is told of every incident.'),
      })
      .describe('The channels of incidents.'),
    commanders: z
      .array(Id)
      .min(1)
      .optional()
      .describe('Roles whose holders may close an incident and stop a run; those who may start anything (*) where it is left out.'),
    ci: Ci.optional(),
    metrics: Metrics.optional(),
    'key-metrics': KeyMetrics.optional(),
    triggers: Triggers.optional(),
    drills: Drills.optional(),
    checkup: z
      .strictObject({
        every: DurationText.describe(
          'How often the bot looks at its own installation, as rollbot doctor does; never where checkup is left out.',
        ),
        channel: SlackChannel.optional().describe('Where it says what got worse; channels: announce: otherwise.'),
      })
      .optional(),
    maintenance: z.array(Maintenance).optional().describe('When nothing may start by itself; people still may.'),
    alerts: Alerts.optional(),
    terminal: Terminal.optional(),
    exports: Exports.optional(),
    'break-glass': BreakGlass.optional(),
    contacts: z.record(Id, Contact).optional(),
    rotations: z.record(Id, Rotation).optional(),
    paging: Paging.optional(),
    vendors: z.record(Id, Vendor).optional(),
    tell: z.array(Tell).min(1).optional().describe('Who has to be told what. Roles are paged where paging: is there.'),
    incidents: Incidents.optional(),
    severities: Severities.optional(),
    'success-criteria': SuccessCriteria.optional(),
    updates: Updates.optional(),
    'follow-ups': z.array(FollowUp).optional().describe('What has to be done after every incident, beside what its procedures ask for.'),
    approvals: z
      .strictObject({ within: DurationText.optional().describe('How long an approval waits where its step does not say; 15m otherwise.') })
      .optional(),
  })
  .describe('Targets, roles and channels of an installation of Rollbot.');
export type Settings = z.infer<typeof Settings>;
/** As they are written in the file: times and percentages are texts. */
export type SettingsText = z.input<typeof Settings>;

/** The roles that may close incidents and decide about runs. */
export function commandersOf(settings: Settings): readonly RoleId[] {
  return (settings.commanders ?? settings.start['*'] ?? []).map((role) => role as RoleId);
}

/** The roles that may start something, whatever it is. */
export function allStarters({ start }: Pick<Settings, 'start'>): readonly RoleId[] {
  return [...new Set(Object.values(start).flat())].map((role) => role as RoleId);
}

/** The roles that may start a procedure; those that may start any where nobody knows which one. */
export function startersOf(settings: Pick<Settings, 'start'>, procedure: string | null): readonly RoleId[] {
  const own = procedure !== null && Object.hasOwn(settings.start, procedure) ? settings.start[procedure] : undefined;
  return (own ?? settings.start['*'] ?? []).map((role) => role as RoleId);
}
