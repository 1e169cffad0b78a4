import type { Override } from '../contact/rotation.ts';
import type { Place } from '../component/place.ts';
import type { GoodVersion } from '../procedure/last-good.ts';
import type { Catalog, Clock, DryRun, OrderMistake, VerifyFinding } from '../ports.ts';
import type { Instant, StreamId } from '../brand.ts';
import type { PeopleReadings } from './people-readings.ts';
import type { IncidentState } from '../incident/state.ts';
import type { MetricPlace } from '../reading/port.ts';
import type { Reading } from '../reading/reading.ts';

/** What a look at the installation works with; whatever is null could not be opened, and its check says so. */
export type DoctorParts = {
  readonly catalog: Catalog;
  readonly clock: Pick<Clock, 'now'>;
  /** Whether a program is there on a target, by the PATH of its steps. */
  readonly hasProgram: (program: string, target: string) => boolean;
  /** Why each secret that `rollbot.yml` names can't be read; null where it can. */
  readonly secrets: () => Promise<readonly { readonly name: string; readonly says: string | null }[]>;
  /** Performs the reads of a procedure's preflight. */
  readonly preflight: (procedure: string, target: string) => Promise<PreflightReading>;
  /** Reads a metric now. */
  readonly metric: (place: MetricPlace) => Promise<Reading>;
  readonly lastGood: (place: Place) => Promise<GoodVersion | { readonly says: string }>;
  readonly journal: JournalReading | { readonly says: string };
  readonly disk: () => Promise<readonly { readonly folder: string; readonly freeBytes: number; readonly totalBytes: number }[]>;
  readonly slack: () => Promise<SlackReading>;
  readonly people: () => Promise<PeopleReadings>;
};

export type PreflightReading =
  | { readonly status: 'shown'; readonly dryRun: DryRun }
  | { readonly status: 'refused'; readonly mistakes: readonly OrderMistake[] };

export type JournalReading = {
  readonly verify: () => Promise<readonly VerifyFinding[]>;
  readonly streams: () => Promise<readonly StreamId[]>;
  readonly load: (stream: StreamId) => Promise<IncidentState>;
  readonly overrides: (rotation: string, at: Instant) => Promise<readonly Override[]>;
};

export type SlackReading =
  | {
      readonly status: 'reached';
      readonly workspace: string;
      readonly scopes: readonly string[] | null;
      readonly wanted: readonly string[];
      /** What Slack's clock says, and ours at that moment. */
      readonly clocks: { readonly theirs: Instant; readonly ours: Instant } | null;
    }
  | { readonly status: 'not-configured' }
  | { readonly status: 'failed'; readonly says: string };
