import path from 'node:path';
import { createCatalog, sayMistake } from '../catalog/index.ts';
import { readPaths } from '../config.ts';
import type { Paths } from '../config.ts';
import { worstOf } from '../core/doctor/finding.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { PinnedTarget } from '../core/incident/event.ts';
import type { Catalog, TargetAccess } from '../core/ports.ts';
import { examine } from '../doctor/index.ts';
import { textOf } from '../environment.ts';
import { installation, openJournal } from '../installation.ts';
import type { InstallationParts } from '../installation.ts';
import { createReadings } from '../readings/index.ts';
import { pinTargetNamed } from '../runner/index.ts';
import { readSlack } from '../slack-access.ts';
import { createSteps } from '../steps/index.ts';
import { targetAccess } from '../target-access.ts';
import type { Environment } from '../target-access.ts';
import { renderFindings } from './doctor-table.ts';
import { openWorkspace, readPeople } from '../people-readings.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type DoctorOptions = { readonly json?: true; readonly quick?: true };

const GRACE_MS = 2500;
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const STATUS = { ok: EXIT.ok, warning: EXIT.ok, failure: EXIT.failed } as const;

/** Says before the day comes whether everything that a rollback needs is in order; reads, and changes nothing. */
export async function doctorCommand(terminal: Terminal, options: DoctorOptions): Promise<number> {
  const { environment, stdout, stderr } = terminal;
  const paths = readPaths(environment);
  if ('mistakes' in paths) {
    for (const says of paths.mistakes) stderr.write(`rollbot: ${says}\n`);
    return EXIT.misconfigured;
  }
  const opened = await createCatalog({ proceduresFolder: paths.procedures, settingsFile: paths.settings, log: QUIET });
  if (opened.status === 'unusable') {
    for (const mistake of opened.mistakes) stderr.write(`${sayMistake(mistake)}\n`);
    return EXIT.misconfigured;
  }
  const findings = await look(terminal, paths, opened.catalog, options);
  stdout.write(options.json ? `${JSON.stringify({ worst: worstOf(findings), findings }, null, 2)}\n` : renderFindings(findings));
  return STATUS[worstOf(findings)];
}

async function look(terminal: Terminal, paths: Paths, catalog: Catalog, { quick }: DoctorOptions): Promise<readonly DoctorFinding[]> {
  const { environment, clock } = terminal;
  const access = (target: PinnedTarget): TargetAccess => targetAccess(target, environment, []);
  const readings = createReadings({ catalog, clock, log: QUIET, access, target: (name) => pinTargetNamed(catalog, name) });
  const scratch = path.join(path.dirname(paths.database), 'scratch');
  const steps = createSteps({ clock, log: QUIET, scratch, graceMs: GRACE_MS, readMetric: readings.readSource });
  const journal = await openJournal(paths.database);
  try {
    const people = async () =>
      await readPeople({
        catalog,
        clock,
        environment,
        journal: journal.reading,
        workspace: await openWorkspace({ catalog, clock, environment }),
      });
    const parts = {
      catalog,
      clock,
      log: QUIET,
      environment,
      paths,
      steps,
      access,
      journal,
      people,
      readings,
      slack: slackFrom(environment),
    };
    return await examine(installation(parts), quick ? ['preflight', 'metrics', 'slack', 'people'] : []);
  } finally {
    await readings.stop();
    await journal.close();
  }
}

/** How Slack is reached, or why not; null where nothing is said about it. */
function slackFrom(environment: Environment): InstallationParts['slack'] {
  if (textOf(environment, 'SLACK_BOT_TOKEN') === undefined) return null;
  const access = readSlack(environment);
  return 'mistakes' in access ? { says: access.mistakes.join(' ') } : access.value;
}
