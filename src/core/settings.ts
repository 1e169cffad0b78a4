import { z } from 'zod';
import { DurationText, EnvName, Id } from './procedure/scalar-schema.ts';

/** The longest form of `rollbot.yml`; strict, so that a typo is a mistake. */

const SlackUser = z.string().regex(/^[UW][A-Z0-9]{2,}$/, "a Slack member's id such as U012ABCDEF");
const SlackGroup = z.string().regex(/^S[A-Z0-9]{2,}$/, "a Slack user group's id such as S012ABCDEF");
const ChannelName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'a channel name without #');
const Var = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a name of lower-case letters, digits and underscores');

/** Where a secret is found when it is needed: in a variable of the bot's environment, or in a file. */
export const SecretSource = z.union([z.strictObject({ env: EnvName }), z.strictObject({ file: z.string().min(1) })]);
export type SecretSource = z.infer<typeof SecretSource>;

export const Target = z.strictObject({
  about: z.string().max(150).optional(),
  /** What makes production production: destructive steps without an approval are refused here. */
  protected: z.boolean().optional(),
  default: z.boolean().optional(),
  vars: z.record(Var, z.union([z.string(), z.number()])).optional(),
  secrets: z.record(Var, SecretSource).optional(),
  /** The whole environment of this target's steps: fixed values, or `{ from: NAME }` to pass on one of the bot's own. */
  env: z.record(EnvName, z.union([z.string(), z.strictObject({ from: EnvName })])).optional(),
  /** The last version known to be good, for each deployable (`worker:api`). */
  'last-good': z.record(z.string(), z.string().min(1)).optional(),
  /** The procedures that may run here; all of them where it is left out. */
  procedures: z.array(Id).min(1).optional(),
});
export type Target = z.infer<typeof Target>;

export const Role = z.strictObject({
  about: z.string().max(150).optional(),
  people: z.array(SlackUser).optional(),
  groups: z.array(SlackGroup).optional(),
});
export type Role = z.infer<typeof Role>;

export const Settings = z.strictObject({
  platform: z.string().max(75).optional(),
  targets: z.record(Id, Target),
  roles: z.record(Id, Role),
  /** Which roles may start which procedures; `*` stands for all that are not named. */
  start: z.record(z.union([Id, z.literal('*')]), z.array(Id).min(1)),
  channels: z.strictObject({
    /** Prefix of the names of incident channels. */
    prefix: ChannelName.optional(),
    private: z.boolean().optional(),
    /** Roles whose holders are invited to every incident channel. */
    invite: z.array(Id).optional(),
    /** A channel that is told of every incident. */
    announce: z
      .string()
      .regex(/^[CG][A-Z0-9]{2,}$/, "a channel's id such as C012ABCDEF")
      .optional(),
  }),
  /** Roles whose holders may close an incident and stop a run; those who may start anything (`*`) where it is left out. */
  commanders: z.array(Id).min(1).optional(),
  approvals: z.strictObject({ within: DurationText.optional() }).optional(),
});
export type Settings = z.infer<typeof Settings>;
