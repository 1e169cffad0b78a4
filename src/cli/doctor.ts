import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { createCatalog, sayMistake } from '../catalog/index.ts';
import { readPaths } from '../config.ts';
import type { Paths } from '../config.ts';
import { worstOf } from '../core/doctor/finding.ts';
import type { DoctorFinding } from '../core/doctor/finding.ts';
import type { DoctorParts, SlackReading } from '../core/doctor/port.ts';
import type { Catalog } from '../core/ports.ts';
import { examine } from '../doctor/index.ts';
import { readSlack } from '../slack-access.ts';
import { readStanding } from '../slack/standing.ts';
import { renderFindings } from './doctor-table.ts';
import { readPeople } from './doctor-people.ts';
import { disk, hasProgram, lastGoodIn, openJournal, preflight, secrets } from './doctor-readings.ts';
import { EXIT } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export type DoctorOptions = { readonly json?: true; readonly quick?: true };

const MANIFEST = path.join(import.meta.dirname, '..', '..', 'manifest.yml');
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
  const journal = await openJournal(paths.database);
  try {
    const parts: DoctorParts = {
      catalog,
      clock,
      hasProgram: hasProgram(catalog, environment),
      secrets: async () => await secrets(catalog.settings(), environment),
      preflight: preflight({ catalog, clock, environment, paths, journal }),
      lastGood: lastGoodIn(journal, catalog),
      journal: journal.reading,
      disk: async () => await disk([path.dirname(paths.database), paths.reports]),
      slack: async () => await slack(terminal),
      people: async () => await readPeople({ catalog, clock, environment, journal: journal.reading }),
    };
    return await examine(parts, quick ? ['preflight', 'slack', 'people'] : []);
  } finally {
    await journal.close();
  }
}

async function slack({ environment, clock }: Terminal): Promise<SlackReading> {
  if (environment['SLACK_BOT_TOKEN'] === undefined) return { status: 'not-configured' };
  const access = readSlack(environment);
  if ('mistakes' in access) return { status: 'failed', says: access.mistakes.join(' ') };
  const { oauth_config } = parse(readFileSync(MANIFEST, 'utf8')) as { oauth_config: { scopes: { bot: string[] } } };
  return await readStanding({
    token: access.value.botToken,
    apiUrl: access.value.apiUrl,
    wanted: oauth_config.scopes.bot,
    clock,
    log: QUIET,
  });
}
