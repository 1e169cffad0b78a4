import type { Metric } from '../reading/metric.ts';

/** What a secret looks like everywhere but in the hands of the executor: its name. */
export type SecretReference = { readonly secret: string };
/** A text whose references are filled in; secrets stay references until the very moment of use. The key keeps it apart from any JSON of an author. */
export type Filled = string | { readonly $pieces: readonly (string | SecretReference)[] };
/** A JSON value whose texts are of type `T`. */
export type Tree<T> = T | number | boolean | null | readonly Tree<T>[] | { readonly [key: string]: Tree<T> };

/**
 * What a step does, with texts of type `T`: `string` while references still stand in them (as the procedure has it),
 * `Filled` when they are filled in (as it is shown, digested and performed).
 */
export type Action<T = string> =
  | RunAction<T>
  | ShellAction<T>
  | HttpAction<T>
  | RedisCommand<T>
  | RedisUnlink<T>
  | RedisCount<T>
  | SqlAction<T>
  | GitResolve<T>
  | GitRestore<T>
  | GitSame<T>
  | MetricAction<T>
  | FileWrite<T>
  | FileReplace<T>
  | FileRemove<T>
  | FileRestore<T>
  | ManualAction
  | AnnounceAction<T>;

export type ResolvedAction = Action<Filled>;
export type ActionKind = Action['kind'];

/** A program with its arguments; no shell is involved. `exit` lists the exit statuses that mean success. */
export type RunAction<T> = { kind: 'run'; argv: readonly T[]; cwd?: T; stdin?: T; exit: readonly number[] };
/** A fixed bash script; what varies reaches it through `env` only. */
export type ShellAction<T> = { kind: 'shell'; script: string; cwd?: T; env: Readonly<Record<string, T>>; exit: readonly number[] };
/** An HTTP request; any status outside `status` (default: 200 to 299) is a failure. */
export type HttpAction<T> = {
  kind: 'http';
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: T;
  headers: Readonly<Record<string, T>>;
  json?: Tree<T>;
  status?: readonly number[];
  /** JSON pointer (RFC 6901) to the part of the answer that counts as what was observed. */
  pointer?: string;
};
/** One Redis command on the database at `url`. */
export type RedisCommand<T> = { kind: 'redis-command'; url: T; command: readonly T[] };
/** Deletes all keys that match, by SCAN and UNLINK in batches; refused above `cap` keys. */
export type RedisUnlink<T> = { kind: 'redis-unlink'; url: T; match: T; batch: number; pauseMs: number; cap?: number };
/** Counts the keys that match, by SCAN. */
export type RedisCount<T> = { kind: 'redis-count'; url: T; match: T };
/** One statement on PostgreSQL, in a transaction that is committed only where as many rows are returned or changed as there should be. */
export type SqlAction<T> = {
  kind: 'sql';
  url: T;
  query: string;
  values: readonly T[];
  rows?: RowCount;
  lockTimeoutMs: number;
};
export type RowCount = { readonly atLeast?: number; readonly atMost?: number };
/** Resolves a ref to a full commit, optionally one that `within` already contains; output `commit`. */
export type GitResolve<T> = { kind: 'git-resolve'; repo: T; ref: T; fetch?: string; within?: T };
/** A text in a file of a repository that becomes another one; it has to stand there exactly `count` times. */
export type GitEdit<T> = { file: string; find: { text: T } | { pattern: T }; with: T; count: number | T };
export type GitWrite<T> = { file: string; content: T };
/**
 * Takes `paths` back to how they were at `at`, then edits and writes files, on top of `onto`, in a worktree of the run, and commits there.
 * Outputs `commit`, `worktree` and, with `publish`, `reached` (`main` or `branch`).
 */
export type GitRestore<T> = {
  kind: 'git-restore';
  repo: T;
  paths: readonly string[];
  /** Left out where no path is taken back. */
  at?: T;
  edits?: readonly GitEdit<T>[];
  writes?: readonly GitWrite<T>[];
  onto: T;
  message: T;
  publish?: { remote: string; branch: T; fastForward?: T };
};
/** Whether `paths` are the same at two commits; observes `true` or `false`. */
export type GitSame<T> = { kind: 'git-same'; repo: T; paths: readonly string[]; at: T; and: T };
/** Reads a metric of `rollbot.yml`, whose definition is pinned here; null where it has none, which the catalog refuses. */
export type MetricAction<T> = { kind: 'metric'; name: string; metric: Metric<T> | null };
export type FileWrite<T> = { kind: 'file-write'; path: T; content: T; mode?: string };
/** Replaces `find` by `with`; fails unless it stands there exactly `count` times. */
export type FileReplace<T> = { kind: 'file-replace'; path: T; find: T; with: T; count: number };
export type FileRemove<T> = { kind: 'file-remove'; path: T };
/** Puts back what a `file` step replaced, from the backup that it kept; the undo of every `file` step. */
export type FileRestore<T> = { kind: 'file-restore'; path: T; of: string };
/** A person of role `by` does it and says so. */
export type ManualAction = { kind: 'manual'; instructions: string; by: string };
/** Tells people something: in the incident's channel, in the one for announcements, and calling the roles that `to` names. */
export type AnnounceAction<T> = { kind: 'announce'; text: T; status?: SystemStatus; to: readonly string[] };
export type SystemStatus = 'operational' | 'degraded' | 'outage';

/** Bounds that a number has to be within. */
export type Bounds = { readonly above?: number; readonly below?: number; readonly atLeast?: number; readonly atMost?: number };
/** What a probe has to observe; every key that is given has to hold. Numbers given as `60%` are read as 0.6. */
export type Expect<T = string> = Bounds & {
  readonly equals?: Tree<T>;
  readonly not?: Tree<T>;
  readonly contains?: T;
  readonly matches?: string;
  /** Another number in the same answer, without which this one would say nothing: there are no errors where nobody has asked. */
  readonly beside?: Bounds & { readonly pointer: string };
};

/** Ask again every `everyMs` until it holds `times` times in a row, for at most `withinMs`. */
export type Poll = { readonly everyMs: number; readonly withinMs: number; readonly times: number };

/** A question to the world: an action that only reads, and what its answer has to be. */
export type Probe<T = string> = { readonly action: Action<T>; readonly expect?: Expect<T>; readonly poll?: Poll };

/** A value that a step hands to later ones: where in the answer it stands, and what it must look like. */
export type OutputRule = { readonly pointer?: string; readonly pattern?: string };
