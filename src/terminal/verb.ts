import type { z } from 'zod';
import type { OnCall } from '../core/contact/port.ts';
import type { Json } from '../core/digest.ts';
import type { FollowUps } from '../core/followup/port.ts';
import type { Acting } from '../core/incident/command.ts';
import type { Incidents } from '../core/incident/port.ts';
import type { Pages } from '../core/page/port.ts';
import type { Catalog, Clock, Operations, People, Store } from '../core/ports.ts';
import type { MetricsOf } from '../core/reading/port.ts';
import type { Vendors } from '../core/vendor/port.ts';
import { refused } from './reply.ts';
import type { Reply } from './reply.ts';

/** What verbs work with. */
export type Desk = {
  readonly operations: Operations;
  readonly store: Pick<Store, 'load' | 'events' | 'streams' | 'streamOf' | 'claims'>;
  readonly catalog: Catalog;
  readonly people: People;
  readonly incidents: Incidents;
  readonly followUps: FollowUps;
  readonly metricsOf: MetricsOf;
  /** A new token for a button. */
  readonly token: () => string;
  readonly clock: Clock;
  readonly pages: Pages;
  readonly onCall: OnCall;
  readonly vendors: Pick<Vendors, 'has' | 'ask' | 'take' | 'sendMail' | 'finish'>;
  /** Takes a saved delivery of a source of alerts, as if the source had sent it now. */
  readonly receive: (source: string, body: string) => Promise<{ readonly taken: boolean; readonly says: string }>;
};

/** One thing that can be asked for from the terminal, by somebody who was let in. */
export type Verb = (acting: Acting, params: Json, desk: Desk) => Promise<Reply>;

const STRANGE = 'This was asked for in a way that this Rollbot does not know. Use the rollbot command of the same version.';

/** A verb whose parameters have this shape, whoever wrote them. */
export function verb<Params>(shape: z.ZodType<Params>, handle: (acting: Acting, params: Params, desk: Desk) => Promise<Reply>): Verb {
  return async (acting, params, desk) => {
    const read = shape.safeParse(params);
    return read.success ? await handle(acting, read.data, desk) : refused('words', [STRANGE]);
  };
}
