import type { Clock } from '../../core/ports.ts';
import type { Cloudflare } from './cloudflare/cloudflare.ts';
import type { Served } from './cloudflare/traffic.ts';
import type { ErrorLog } from './error-log.ts';
import type { Folders } from './folders.ts';
import type { World } from './world.ts';

/** One commit of the platform's repository: the files of a folder in `platform/`, laid over those before, and texts that are replaced everywhere in a file. */
export type Layer = {
  readonly folder: string;
  readonly edits?: readonly { readonly file: string; readonly find: string; readonly with: string }[];
  readonly by: string;
  readonly says: string;
  readonly on: string;
};

/** What is wrong in a sandbox: everything that one procedure needs to be really broken, and to be really repaired. */
export type Scenario = {
  /** The history of the platform's repository, oldest first; the last layer is what is deployed when all is broken. */
  readonly layers: readonly Layer[];
  /** The folder of the layer that is known to be good, and of the one that brought the trouble. */
  readonly good: string;
  readonly bad: string;
  /** Whatever runs in this scenario alone; it is ended with the sandbox. */
  readonly open?: (place: Place) => Promise<Extras>;
  /** Makes ready, once, after the good layer has been deployed. */
  readonly prepare?: (world: World) => Promise<void>;
  /** Brings the trouble into a world in which everything else has been taken back to the beginning. */
  readonly trouble: (world: World) => Promise<void>;
  /** What the Worker answers beside `/api/products/`, as beginnings of paths. */
  readonly workerPaths?: readonly string[];
  /** How many reasons the health gives, and which share of the requests fails at least, when the trouble is in full swing. */
  readonly inFullSwing: { readonly reasons: number; readonly errorRate: number };
  /** The commands of the old document; `GOOD` is the good commit. */
  readonly naively?: string;
  /** Other procedures that this one calls. */
  readonly parts?: readonly string[];
};

export type Place = {
  readonly clock: Clock;
  readonly folders: Folders;
  readonly hostPath: string;
  readonly perSecond: number;
  readonly windowMs: number;
  readonly errors: ErrorLog;
  readonly cloudflare: Cloudflare;
};

/** What a scenario adds to the sandbox. */
export type Extras = {
  /** For the environment of the target's programs. */
  readonly env?: Readonly<Record<string, string>>;
  /** For the target's `vars`. */
  readonly vars?: Readonly<Record<string, string>>;
  /** For the target's `secrets`, by name, with their values. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** What the Worker that is served finds beside what every Worker finds. */
  readonly bind?: (served: Served) => object;
  /** Endpoints of the service that only this scenario has; null for whatever is none of them. */
  readonly answer?: (request: Request) => Promise<Response> | Response | null;
  /** What is wrong beside what the figures of all scenarios say, as sentences. */
  readonly reasons?: () => readonly string[] | Promise<readonly string[]>;
  /** Takes what it keeps back to the beginning, before the trouble comes again. */
  readonly rewind?: () => Promise<void> | void;
  readonly close?: () => Promise<void> | void;
};
