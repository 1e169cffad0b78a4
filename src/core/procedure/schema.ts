import { z } from 'zod';
import { parseDuration } from '../duration.ts';

/** The longest form of everything that may stand in a file of `procedures/`; strict, so that a typo is a mistake. */

export const Id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name of lower-case letters, digits and dashes');
const Name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'a name of lower-case letters, digits and underscores');
const Title = z.string().min(1).max(150);
const Text = z.string();
export const DurationText = z.string().refine((text) => parseDuration(text) !== undefined, 'a duration such as 90s, 15m or 24h');
const Estimate = z.string().regex(/^\d+[smh](-\d+[smh])?$/, 'a recovery time such as 5m or 2m-3m');
const Figure = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?%$/, 'a number or a percentage such as 60%')]);
const Pointer = z.string().regex(/^(\/.*)?$/, 'a JSON pointer such as /hit_rate');
const EnvName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an environment variable in capitals');
const Path = z.string().min(1).refine((path) => !path.startsWith('/') && !path.startsWith('-') && !path.split('/').includes('..'), 'a path inside the repository, without ..');

const Run = z.union([
  z.array(Text).min(1),
  z.strictObject({ argv: z.array(Text).min(1), cwd: Text.optional(), stdin: Text.optional(), exit: z.array(z.int()).min(1).optional() }),
]);
const Shell = z.union([
  Text,
  z.strictObject({ script: Text, cwd: Text.optional(), env: z.record(EnvName, Text).optional(), exit: z.array(z.int()).min(1).optional() }),
]);
const Http = z.union([
  Text,
  z.strictObject({
    url: Text,
    method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
    headers: z.record(z.string(), Text).optional(),
    json: z.json().optional(),
    status: z.array(z.int().min(100).max(599)).min(1).optional(),
    pointer: Pointer.optional(),
  }),
]);
const Redis = z.union([
  z.array(Text).min(1),
  z.strictObject({ command: z.array(Text).min(1), url: Text.optional() }),
  z.strictObject({
    unlink: Text,
    batch: z.int().min(1).max(10_000).optional(),
    pause: DurationText.optional(),
    cap: z.int().min(1).optional(),
    url: Text.optional(),
  }),
  z.strictObject({ count: Text, url: Text.optional() }),
]);
const Git = z.union([
  z.strictObject({ resolve: Text, repo: Text, fetch: z.string().optional(), within: Text.optional() }),
  z.strictObject({
    restore: z.array(Path).min(1),
    at: Text,
    onto: Text,
    repo: Text,
    message: Text.optional(),
    publish: z.strictObject({ remote: z.string(), branch: Text, 'fast-forward': z.string().optional() }).optional(),
  }),
  z.strictObject({ same: z.array(Path).min(1), at: Text, and: Text, repo: Text }),
]);
const File = z.union([
  z.strictObject({ write: Text, content: Text, mode: z.string().regex(/^0[0-7]{3}$/).optional() }),
  z.strictObject({ replace: Text, find: Text, with: Text, count: z.int().min(1).optional() }),
  z.strictObject({ remove: Text }),
]);
const Manual = z.strictObject({ instructions: z.string().min(1).max(2000), by: Id });

export const Expect = z
  .strictObject({
    equals: z.json().optional(),
    not: z.json().optional(),
    contains: Text.optional(),
    matches: z.string().optional(),
    above: Figure.optional(),
    below: Figure.optional(),
    'at-least': Figure.optional(),
    'at-most': Figure.optional(),
  })
  .refine((expect) => Object.keys(expect).length > 0, 'at least one of equals, not, contains, matches, above, below, at-least, at-most');
export type Expect = z.infer<typeof Expect>;

const actions = { run: Run.optional(), shell: Shell.optional(), http: Http.optional(), redis: Redis.optional(), git: Git.optional() };
const polling = { within: DurationText.optional(), every: DurationText.optional(), times: z.int().min(1).max(100).optional() };
const Output = z.strictObject({ pointer: Pointer.optional(), pattern: z.string().optional() });

/** An action that only reads, and what it must observe. Its five action keys exclude one another. */
export const Probe = z.strictObject({ ...actions, expect: Expect.optional() });
const Wait = z.strictObject({ ...actions, expect: Expect.optional(), ...polling });

export const Check = z.strictObject({
  id: Id.optional(),
  title: Title,
  ...actions,
  expect: Expect.optional(),
  ...polling,
  ask: Id.optional(),
  timeout: DurationText.optional(),
  outputs: z.record(Name, Output).optional(),
});
export type Check = z.infer<typeof Check>;

const Approve = z.strictObject({ by: z.array(Id).min(1), need: z.int().min(1).max(5).optional(), within: DurationText.optional() });

const stepActions = { ...actions, file: File.optional(), wait: Wait.optional(), manual: Manual.optional() };
const EffectName = z.enum(['read', 'idempotent', 'guarded', 'destructive']);
const Undo = z.union([
  z.strictObject({ none: z.string().min(1).max(300) }),
  z.strictObject({
    title: Title.optional(),
    ...stepActions,
    effect: EffectName.optional(),
    check: Probe.optional(),
    timeout: DurationText.optional(),
  }),
]);

export const Step = z.strictObject({
  id: Id,
  title: Title,
  ...stepActions,
  effect: EffectName.optional(),
  when: z.record(Name, z.union([z.string(), z.number(), z.boolean()])).optional(),
  after: z.array(Id).optional(),
  check: Probe.optional(),
  undo: Undo.optional(),
  approve: Approve.optional(),
  because: z.string().min(1).max(300).optional(),
  outputs: z.record(Name, Output).optional(),
  timeout: DurationText.optional(),
});
export type Step = z.infer<typeof Step>;

export const Param = z.strictObject({
  about: z.string().min(1).max(150),
  type: z.enum(['text', 'integer', 'git-commit']).optional(),
  choices: z.array(z.string().min(1).max(75)).min(1).max(100).optional(),
  pattern: z.string().optional(),
  default: z.union([z.string(), z.number()]).optional(),
  /** With `default: last-good`: the deployable whose last good version is meant. */
  of: z.string().optional(),
  /** Lets a value begin with a dash. */
  dash: z.boolean().optional(),
});
export type Param = z.infer<typeof Param>;

const FollowUp = z.strictObject({ title: Title, owner: Id, due: DurationText });
const Lock = z.string().regex(/^[a-z][a-z0-9-]*:[a-z0-9*][a-z0-9-]*$/, 'a lock such as worker:api');

export const Procedure = z.strictObject({
  title: Title,
  about: z.string().max(500).optional(),
  component: z.string().min(1).max(75),
  estimate: Estimate.optional(),
  locks: z.array(Lock).min(1),
  needs: z.array(z.string().regex(/^[a-z0-9._-]+$/i)).optional(),
  page: z.array(Id).optional(),
  params: z.record(Name, Param).optional(),
  preflight: z.array(Check).optional(),
  steps: z.array(Step).min(1),
  verify: z.array(Check).min(1),
  'follow-ups': z.array(FollowUp).optional(),
});
export type Procedure = z.infer<typeof Procedure>;
