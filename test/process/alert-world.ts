import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openSqliteReader } from '../../src/store/index.ts';
import { KINDS } from '../../src/core/kinds.ts';
import { streamOf } from '../../src/core/alert/place.ts';
import type { AlertState } from '../../src/core/alert/state.ts';
import { openLedgerWorld } from './ledger-world.ts';
import type { LedgerWorld } from './ledger-world.ts';

/** A world whose bot listens to one monitoring system, and shows its alerts in #ops. */
export async function openAlertWorld(): Promise<LedgerWorld> {
  const world = await openLedgerWorld();
  const channel =
    world.slack
      .person('dana')
      .screen()
      .channels.find(({ name }) => name === '#ops')?.id ?? '';
  const secret = path.join(world.folder, 'monitoring');
  await writeFile(secret, 'secret-of-monitoring\n');
  const source = `monitoring: { kind: generic, secret: { file: ${secret} }, targets: [sandbox] }`;
  await appendFile(path.join(world.folder, 'rollbot.yml'), `\nalerts: { channel: ${channel}, sources: { ${source} } }\n`);
  return world;
}

/** Sends so many firing alerts of one group; answers with the status, or null where the bot is not there to answer. */
export async function sendAlerts(port: number, group: string, alerts: number): Promise<number | null> {
  const all = Array.from({ length: alerts }, (_, index) => ({
    key: `${group}-${index}`,
    group,
    status: 'firing',
    title: 'ErrorRateHigh',
    summary: `More than 10 % of the requests of instance ${index} fail`,
    startsAt: '2026-11-24T03:00:00Z',
    labels: { alertname: 'ErrorRateHigh', severity: 'critical', service: group, instance: `10.0.0.${index}:9100` },
    value: 0.17,
  }));
  const headers = { 'content-type': 'application/json', authorization: 'Bearer secret-of-monitoring' };
  try {
    const body = JSON.stringify({ alerts: all });
    const answer = await fetch(`http://127.0.0.1:${port}/alerts/monitoring`, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}

/** What the journal of a bot knows of some groups, and how much still lies in its inbox. */
export async function readGroups({ folder }: LedgerWorld, groups: readonly string[]): Promise<readonly AlertState[]> {
  const reader = await openSqliteReader({ file: path.join(folder, 'data', 'rollbot.db'), folds: KINDS });
  try {
    const states: AlertState[] = [];
    for (const group of groups) states.push((await reader.load(streamOf({ source: 'monitoring', group }))).state);
    return states;
  } finally {
    await reader.close();
  }
}
