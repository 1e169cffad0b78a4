import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { freePort, spawnGuarded } from '../sandbox/guarded-program.ts';
import { startPrometheus } from '../sandbox/monitoring/prometheus.ts';
import { findTool } from '../sandbox/tools.ts';

/** A Prometheus that watches the shop and an Alertmanager that tells Rollbot, both real. */
export type Alerting = {
  readonly prometheusUrl: string;
  /** Where the bot has to listen for alerts, and what they are sent with. */
  readonly intakePort: number;
  readonly secret: string;
  readonly close: () => Promise<void>;
};

export type AlertingPlace = { readonly dir: string; readonly hostPath: string; readonly serviceUrl: string };

/** What the shop's figures are called in alerts, and from where on they are too many. */
const RULES = {
  groups: [
    {
      name: 'shop',
      rules: [
        {
          alert: 'ErrorRateHigh',
          expr: 'error_rate > 0.1',
          labels: { severity: 'critical' },
          annotations: { summary: 'More than one of ten requests to the shop fails' },
        },
      ],
    },
  ],
};

/** Starts both, with times that suit a demo: the shop is looked at every second, and an alert is sent at once. */
export async function startAlerting({ dir, hostPath, serviceUrl }: AlertingPlace): Promise<Alerting> {
  await mkdir(dir, { recursive: true });
  const [alertmanagerPort, intakePort] = [await freePort(), await freePort()];
  const secret = randomBytes(24).toString('base64url');
  const config = await write(dir, 'prometheus.yml', {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [await write(dir, 'rules.yml', RULES)],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [`127.0.0.1:${alertmanagerPort}`] }] }] },
    scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [new URL(serviceUrl).host] }] }],
  });
  const webhook = {
    url: `http://127.0.0.1:${intakePort}/alerts/alertmanager`,
    send_resolved: true,
    http_config: { authorization: { credentials: secret } },
  };
  const alertmanager = await startAlertmanager(hostPath, alertmanagerPort, {
    config: await write(dir, 'alertmanager.yml', {
      route: { receiver: 'rollbot', group_by: ['alertname'], group_wait: '0s', group_interval: '1s', repeat_interval: '1h' },
      receivers: [{ name: 'rollbot', webhook_configs: [webhook] }],
    }),
  });
  const prometheus = await startPrometheus({ hostPath, config });
  return {
    prometheusUrl: prometheus.url,
    intakePort,
    secret,
    async close() {
      await prometheus.close();
      await alertmanager.close();
    },
  };
}

async function startAlertmanager(hostPath: string, port: number, { config }: { readonly config: string }) {
  const program = (await findTool('prometheus-alertmanager', hostPath)) ?? (await findTool('alertmanager', hostPath));
  if (program === null) {
    throw new Error('There is no Alertmanager on this machine: install it (Debian: apt-get install prometheus-alertmanager).');
  }
  const data = await mkdtemp(path.join(tmpdir(), 'rollbot-alertmanager-'));
  const ways = [`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address=', '--log.level=error'];
  return spawnGuarded([program, `--config.file=${config}`, `--storage.path=${data}`, ...ways], data);
}

async function write(dir: string, name: string, content: object): Promise<string> {
  const file = path.join(dir, name);
  await writeFile(file, stringify(content), { mode: 0o600 });
  return file;
}
