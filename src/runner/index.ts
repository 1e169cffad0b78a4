import type { AlertInbox } from '../core/alert/inbox.ts';
import type { Alerts } from '../core/alert/port.ts';
import type { Drawing } from '../core/chart.ts';
import type { Releases } from '../core/component/port.ts';
import type { OnCall } from '../core/contact/port.ts';
import type { Drills } from '../core/drill/port.ts';
import type { Incidents } from '../core/incident/port.ts';
import type { Checkups } from '../core/checkup/port.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { PinnedTarget } from '../core/incident/event.ts';
import type { Catalog, Clock, Ids, Log, Operations, People, Steps, Store, TargetAccess } from '../core/ports.ts';
import type { Mail, MediumPort, Pages } from '../core/page/port.ts';
import type { MetricsOf, Readings } from '../core/reading/port.ts';
import type { FollowUps } from '../core/followup/port.ts';
import type { Family } from '../core/metrics/exposition.ts';
import type { Statistics } from '../core/stats/port.ts';
import type { Triggers } from '../core/trigger/port.ts';
import type { Vendors } from '../core/vendor/port.ts';
import { createAlertOffice } from './alerts/index.ts';
import { createDrillOffice } from './drills/index.ts';
import { createScorecardWriter } from './drills/scorecard-writer.ts';
import { createCheckups } from './checkups.ts';
import { createEngine } from './engine.ts';
import { createIncidents } from './incidents.ts';
import { createFollowUpOffice } from './followups/index.ts';
import { createJournal } from './journal.ts';
import { createKeyMetrics } from './key-metrics.ts';
import { createOnCall } from './on-call/on-call.ts';
import { createOrphans } from './orphans.ts';
import { createOperations } from './operations.ts';
import { pinTargetNamed } from './orders.ts';
import { createPerformer } from './performer.ts';
import { createPageOffice } from './paging/index.ts';
import { recover } from './recovery.ts';
import { createReleases } from './releases/releases.ts';
import { createReleaseWatch } from './releases/watch.ts';
import { createReportWriter } from './report-writer.ts';
import { createSettingsWatch } from './settings-watch.ts';
import { createMetrics } from './stats/metrics.ts';
import { createStatistics } from './stats/statistics.ts';
import { createUpdateMail } from './update-mail.ts';
import { createTriggerOffice } from './triggers/index.ts';
import { createVendorOffice } from './vendors/index.ts';

export { dryRun } from './dry-run.ts';
export { createFollowUps } from './followups/followups.ts';
export { pin, pinTargetNamed, placesToLookAt } from './orders.ts';
export { createOnCall } from './on-call/on-call.ts';
export { openPages } from './paging/pages.ts';
export { scorecardsBeside } from './drills/scorecard-writer.ts';

export type RunnerParts = {
  readonly store: Store;
  readonly steps: Steps;
  readonly readings: Pick<Readings, 'now' | 'last' | 'subscribe' | 'window'>;
  readonly people: People;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** How people are reached. */
  readonly media: readonly MediumPort[];
  /** Where a contact acknowledges a page without Slack; null where no link is configured. */
  readonly linkFor: (page: string, contact: string) => Promise<string | null>;
  readonly mail: Mail;
  /** The number of our account at a vendor; null where rollbot.yml names none. */
  readonly accountAt: (vendor: string) => Promise<string | null>;
  /** Names this process in intents. */
  readonly executor: string;
  readonly access: (target: PinnedTarget) => TargetAccess;
  /** Looks at the installation itself, reading only. */
  readonly examine: () => Promise<readonly DoctorFinding[]>;
  /** The folder that reports are written to. */
  readonly reports: string;
  /** For one command of the terminal: no rule watches, because nothing may start by itself that ends with the command. */
  readonly alone?: boolean;
  /** Draws a chart as PNG. */
  readonly drawChart: (drawing: Drawing) => Buffer;
};

export type Runner = {
  readonly operations: Operations;
  readonly incidents: Incidents;
  readonly releases: Releases;
  readonly alerts: Alerts;
  readonly triggers: Triggers;
  readonly onCall: OnCall;
  readonly drills: Drills;
  readonly pages: Pages;
  readonly followUps: FollowUps;
  readonly checkups: Checkups;
  readonly vendors: Vendors;
  readonly statistics: Statistics;
  /** What Prometheus may ask. */
  metrics(): Promise<readonly Family[]>;
  /** Takes alerts from the moment when it is built. */
  readonly inbox: AlertInbox;
  readonly metricsOf: MetricsOf;
  /** Looks after what an earlier process left, then begins to work. */
  start(): Promise<void>;
  /** No new work at once; what runs gets `graceMs`, and is unknown after that. */
  stop(graceMs: number): Promise<void>;
};

/** Everything that makes the rules happen, on the given ports. */
export function createRunner(parts: RunnerParts): Runner {
  const refusals = new Map<string, number>();
  const life = new AbortController();
  const journal = createJournal({ ...parts, onRefusal: (name) => void refusals.set(name, (refusals.get(name) ?? 0) + 1) });
  const orphans = createOrphans({ ...parts, journal });
  const performer = createPerformer({ ...parts, journal, orphans, access: (run) => parts.access(run.target) });
  const noteSettings = createSettingsWatch({ ...parts, journal });
  const engine = createEngine({
    ...parts,
    journal,
    performer,
    noteSettings,
    writeReport: createReportWriter({ ...parts, journal }),
    mailUpdate: createUpdateMail({ ...parts, journal }),
    writeScorecard: createScorecardWriter({ ...parts, journal }),
  });
  const watch = createReleaseWatch({ ...parts, journal });
  const { alerts, inbox, desk } = createAlertOffice({ ...parts, journal, hidden: async () => await hiddenValues(parts) });
  const office = createTriggerOffice({ ...parts, journal, bot: life.signal, known: (place) => watch.known(place) });
  const onCall = createOnCall({ ...parts, journal });
  const paging = createPageOffice({ ...parts, journal, onCall });
  const drillOffice = createDrillOffice({ ...parts, journal, bot: life.signal, watch, known: (place) => watch.known(place) });
  const checkups = createCheckups({ ...parts, journal });
  const keyMetrics = createKeyMetrics({ ...parts, journal });
  const figures = createStatistics({ ...parts, triggers: office.triggers });
  const reminding = createFollowUpOffice({ ...parts, journal });
  const vendorOffice = createVendorOffice({ ...parts, journal, onCall });
  let endRetries: (() => void) | null = null;
  return {
    operations: createOperations({
      ...parts,
      journal,
      bot: life.signal,
      watch,
      metricsNoted: async (stream) => await keyMetrics.noted(stream),
    }),
    incidents: createIncidents({ ...parts, journal }),
    releases: createReleases({ ...parts, journal, watch }),
    alerts,
    triggers: office.triggers,
    onCall,
    pages: paging.pages,
    drills: drillOffice.drills,
    followUps: reminding.followUps,
    checkups: checkups.checkups,
    vendors: vendorOffice.vendors,
    statistics: figures.statistics,
    metrics: createMetrics({ ...parts, ...figures, refusals, pages: paging.pages, followUps: reminding.followUps }),
    inbox,
    metricsOf: keyMetrics.of,
    async start() {
      const { found, end } = await recover({ ...parts, journal, orphans });
      endRetries = end;
      if (found > 0) parts.log.warn({ found }, 'steps of an earlier process were left unfinished');
      await watch.start();
      await desk.start();
      await keyMetrics.start();
      await engine.start();
      if (!parts.alone) await office.start();
      if (!parts.alone) await drillOffice.start();
      await paging.start();
      await reminding.start();
      checkups.start();
      await vendorOffice.start();
      // What an upgrade has made stale is computed now, and not when the first one asks.
      figures.statistics.read().catch((error: unknown) => parts.log.error({ error }, 'figures could not be computed'));
      for (const stream of await parts.store.streams({ includeClosed: false })) engine.nudge(stream);
    },
    async stop(graceMs) {
      life.abort();
      endRetries?.();
      const read = keyMetrics.stop();
      await checkups.stop();
      await drillOffice.stop();
      await reminding.stop();
      await vendorOffice.stop();
      await office.stop();
      await paging.stop();
      await desk.stop();
      await watch.stop();
      await engine.stop();
      await performer.stop(graceMs);
      orphans.end();
      await read;
    },
  };
}

/** Every value that may appear nowhere, of all targets. */
async function hiddenValues({ catalog, access }: Pick<RunnerParts, 'catalog' | 'access'>): Promise<readonly string[]> {
  const targets = Object.keys(catalog.settings().targets).flatMap((name) => pinTargetNamed(catalog, name) ?? []);
  const values = await Promise.all(targets.map(async (target) => (await access(target).hidden?.()) ?? []));
  return values.flat();
}
