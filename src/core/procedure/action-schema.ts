import { z } from 'zod';
import { hasPlainLists } from './list-text.ts';
import { DurationText, EditPattern, EnvName, Figure, FileMode, GitName, Id, Name, Pattern, Pointer, RepoPath } from './scalar-schema.ts';

/** What a step, check or undo can do. Each kind has a short form and a long one; the plan knows only the long one. */

const Text = z.string();
const Exit = z.array(z.int().min(0).max(255)).min(1).describe('The exit statuses that mean success; 0 where it is left out.');
const Cwd = Text.describe('The folder in which it runs.');

const Argv = z.array(Text).min(1);
const Run = z
  .union([Argv, z.strictObject({ argv: Argv, cwd: Cwd.optional(), stdin: Text.optional(), exit: Exit.optional() })])
  .meta({ id: 'run', description: 'A program and its arguments; no shell is involved.' });

const Shell = z
  .union([
    Text.min(1),
    z.strictObject({
      script: Text.min(1).describe('Fixed text: references are not allowed in it.'),
      cwd: Cwd.optional(),
      env: z.record(EnvName, Text).optional().describe('What varies reaches the script through these variables.'),
      exit: Exit.optional(),
    }),
  ])
  .meta({ id: 'shell', description: 'A bash script, run with -euo pipefail.' });

const Http = z
  .union([
    Text.min(1),
    z.strictObject({
      url: Text.min(1),
      method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional().describe('GET where it is left out.'),
      headers: z.record(z.string(), Text).optional(),
      json: z
        .json()
        .refine(hasPlainLists, 'a text as the value of $list, and nothing beside it')
        .optional()
        .describe("The body, sent as JSON. { $list: '${params.tags}' } is a list of the items of a text with commas."),
      status: z
        .array(z.int().min(100).max(599))
        .min(1)
        .optional()
        .describe('The statuses that mean success; 200 to 299 where they are left out.'),
      pointer: Pointer.optional().describe('The part of the answer that counts as what was observed.'),
    }),
  ])
  .meta({ id: 'http', description: 'An HTTP request; a text is the URL of a GET.' });

const Url = Text.min(1).describe('Which database; ${target.redis_url} where it is left out.');
const Command = z.array(Text).min(1);
const Redis = z
  .union([
    Command,
    z.strictObject({ command: Command, url: Url.optional() }),
    z.strictObject({
      unlink: Text.min(1).describe('Deletes the keys that match, by SCAN and UNLINK in batches.'),
      batch: z.int().min(1).max(10_000).optional(),
      pause: DurationText.optional().describe('How long to rest between two batches.'),
      cap: z.int().min(1).optional().describe('Refuse to delete anything when more keys than this match.'),
      url: Url.optional(),
    }),
    z.strictObject({ count: Text.min(1).describe('Counts the keys that match, by SCAN.'), url: Url.optional() }),
  ])
  .meta({ id: 'redis', description: 'One Redis command, or the keys of a pattern.' });

const Rows = z
  .union([
    z.int().min(0),
    z
      .strictObject({ 'at-least': z.int().min(0).optional(), 'at-most': z.int().min(0).optional() })
      .refine((rows) => Object.keys(rows).length > 0, 'at least one of at-least, at-most'),
  ])
  .describe('How many rows it has to return or change; with any other number it is rolled back.');
const Query = Text.min(1).describe('One statement, as fixed text: what varies stands in it as $1, $2 and so on.');
const Sql = z
  .union([
    Query,
    z.strictObject({
      query: Query,
      values: z
        .array(z.union([Text, z.number(), z.boolean()]))
        .optional()
        .describe('What stands for $1, $2 and so on.'),
      rows: Rows.optional(),
      'lock-timeout': DurationText.optional().describe('How long it may wait for a lock; 5s where it is left out.'),
      url: Text.min(1).optional().describe('Which database; ${secrets.database_url} where it is left out.'),
    }),
  ])
  .meta({ id: 'sql', description: 'One statement in a transaction of its own on PostgreSQL; a check only reads.' });

const Repo = Text.min(1).describe('The folder of the repository.');
const Reference = z.string().regex(/^\$\{(target|params)\.[a-z][a-z0-9_]*\}$/, 'a number, or a reference such as ${target.mentions}');
const Edit = z
  .strictObject({
    file: RepoPath,
    find: Text.min(1).optional().describe('The text that has to stand there.'),
    pattern: EditPattern.optional().describe(
      'Or a regular expression for it, in which ^ and $ are the ends of lines, and ${target.x} or ${params.x} stands for its text.',
    ),
    with: Text.min(1).describe('What stands there afterwards; where it does so already, nothing is done.'),
    count: z
      .union([z.int().min(1), Reference])
      .optional()
      .describe('How often it has to stand there, no more and no less, or ${target.x} with that number; once where it is left out.'),
  })
  .refine(({ find, pattern }) => (find === undefined) !== (pattern === undefined), 'either find or pattern');
const Write = z.strictObject({ file: RepoPath, content: Text });
const Git = z
  .union([
    z.strictObject({
      resolve: Text.min(1).describe('A ref that becomes a full commit, in the output `commit`.'),
      repo: Repo,
      fetch: GitName.optional().describe('A remote to fetch from first.'),
      within: Text.optional().describe('A branch that must contain the commit.'),
    }),
    z
      .strictObject({
        restore: z.array(RepoPath).min(1).optional().describe('Paths to take back. Outputs `commit`, `worktree` and `reached`.'),
        at: Text.min(1).optional().describe('The commit that has them as they should be.'),
        edit: z.array(Edit).min(1).optional().describe('Texts to replace, after that.'),
        write: z.array(Write).min(1).optional().describe('Files to write, after that.'),
        onto: Text.min(1).describe('The commit on top of which this is committed.'),
        repo: Repo,
        message: Text.min(1).optional(),
        publish: z
          .strictObject({
            remote: GitName,
            branch: Text.min(1).describe('A branch for the commit, such as rollbot/${run.id}.'),
            'fast-forward': Text.min(1)
              .optional()
              .describe('A branch that is moved to the commit if that loses nothing: the one that the target is deployed from.'),
          })
          .optional(),
      })
      .refine(
        ({ restore, edit, write }) => restore !== undefined || edit !== undefined || write !== undefined,
        'at least one of restore, edit, write',
      )
      .refine(({ restore, at }) => (restore === undefined) === (at === undefined), 'at beside restore, and only there'),
    z.strictObject({
      same: z.array(RepoPath).min(1).describe('Whether these paths are the same at two commits: true or false.'),
      at: Text.min(1),
      and: Text.min(1),
      repo: Repo,
    }),
  ])
  .meta({ id: 'git', description: 'Reads a repository, or restores paths of it in a worktree of the run.' });

const File = z
  .union([
    z.strictObject({ write: Text.min(1), content: Text, mode: FileMode.optional() }),
    z.strictObject({
      replace: Text.min(1),
      find: Text.min(1),
      with: Text,
      count: z.int().min(1).optional().describe('How often it must stand there, no more and no less; once where it is left out.'),
    }),
    z.strictObject({ remove: Text.min(1) }),
  ])
  .meta({ id: 'file', description: 'Changes one file, with a backup and so with an undo.' });

const Manual = z
  .strictObject({ instructions: z.string().min(1).max(2000), by: Id.describe('The role of whoever does it.') })
  .meta({ id: 'manual', description: 'A person does it and says so.' });

const Announce = z
  .strictObject({
    text: z.string().min(1).max(2000).describe('What people read; references may stand anywhere in it.'),
    status: z.enum(['operational', 'degraded', 'outage']).optional().describe('How the system is from then on.'),
    to: z
      .union([Id, z.array(Id).min(1)])
      .optional()
      .describe('incident (its channel, where this is left out), announce (the channel of rollbot.yml), or roles that are called.'),
  })
  .meta({ id: 'announce', description: 'Tells people something, in the channel of the incident or beyond it.' });

/** What a number may be held to. */
export const bounds = { above: Figure.optional(), below: Figure.optional(), 'at-least': Figure.optional(), 'at-most': Figure.optional() };
const Beside = z
  .strictObject({ pointer: Pointer.describe('Where it stands in the answer.'), ...bounds })
  .refine((beside) => Object.keys(beside).length > 1, 'at least one of above, below, at-least, at-most')
  .describe('Another number in the same JSON answer, without which this one would say nothing, such as how many requests there were.');
export const Expect = z
  .strictObject({
    equals: z.json().optional(),
    not: z.json().optional(),
    contains: Text.optional(),
    matches: Pattern.optional().describe('A regular expression.'),
    ...bounds,
    beside: Beside.optional(),
  })
  .refine(
    (expect) => Object.keys(expect).some((key) => key !== 'beside'),
    'at least one of equals, not, contains, matches, above, below, at-least, at-most',
  )
  .meta({ id: 'expect', description: 'What has to be observed; all that is given has to hold. 60% is 0.6.' });
export type Expect = z.infer<typeof Expect>;

export const polling = {
  within: DurationText.optional().describe('Ask again and again until it holds, for at most this long.'),
  every: DurationText.optional().describe('How long to wait between two questions; 2s where it is left out.'),
  times: z.int().min(1).max(100).optional().describe('How often in a row it has to hold.'),
};
export const probes = {
  run: Run.optional(),
  shell: Shell.optional(),
  http: Http.optional(),
  redis: Redis.optional(),
  sql: Sql.optional(),
  git: Git.optional(),
};

/** What a check can ask beside that. */
export const questions = {
  ...probes,
  metric: Name.optional().describe('The name of a metric of rollbot.yml, whose number `expect` is held against.'),
};

export const Probe = z
  .strictObject({ ...questions, expect: Expect.optional() })
  .meta({ id: 'probe', description: 'A question to the world: it only reads.' });
export type Probe = z.infer<typeof Probe>;

const Wait = z
  .strictObject({ ...questions, expect: Expect.optional(), ...polling })
  .meta({ id: 'wait', description: 'Waits until a probe holds.' });

/** The actions that can be undone, or undo another. */
export const deeds = { ...probes, file: File.optional(), manual: Manual.optional(), announce: Announce.optional() };
export const stepActions = { ...deeds, wait: Wait.optional() };
export type Actions = z.infer<z.ZodObject<typeof stepActions & typeof questions>>;
