import type { Cache } from './cache.ts';
import type { Database } from './database.ts';

/** What a deployed Worker can reach. */
export type Bindings = {
  readonly cache: Cache;
  readonly database: Database;
  readonly logError: (line: string) => void;
  readonly now: () => number;
};

/** What a deployed Worker answers a request with. */
export type Handler = (request: Request, bindings: Bindings) => Promise<Response>;
