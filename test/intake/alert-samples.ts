import type { AlertSettings } from '../../src/core/alert/schema.ts';
import type { Notice } from '../../src/core/alert/alert.ts';
import type { Unread } from '../../src/core/alert/inbox.ts';
import { realClock } from '../../src/clock.ts';
import type { AlertIntakeParts } from '../../src/intake/alerts/index.ts';

const SECRET_NAME = { env: 'NOT_READ_HERE' };

export const ALERT_SETTINGS: AlertSettings = {
  channel: 'C0ALERTS',
  sources: {
    prometheus: { kind: 'alertmanager', secret: SECRET_NAME, targets: ['production'] },
    grafana: { kind: 'grafana', secret: SECRET_NAME, targets: ['production'] },
    'grafana-timed': { kind: 'grafana', secret: SECRET_NAME, targets: ['production'], 'timestamp-header': 'X-Grafana-Timestamp' },
    shop: { kind: 'generic', secret: SECRET_NAME, targets: ['production', 'staging'] },
  },
};

/** Each source has a secret of its own, which has its name in it. */
export function secretOf(source: string): string {
  return `secret-of-${source}`;
}

export type Heard = { readonly notices: Notice[]; readonly unread: Unread[] };

/** Everything that the intake of alerts needs; it writes down what it hears. */
export function alertParts(
  over: Partial<AlertIntakeParts> = {},
): AlertIntakeParts & { readonly heard: Heard; readonly metrics: () => Promise<string> } {
  const heard: Heard = { notices: [], unread: [] };
  return {
    heard,
    metrics: async () => await Promise.resolve('# HELP rollbot_up Whether it is up.\n'),
    clock: realClock,
    alertSettings: () => ALERT_SETTINGS,
    alertSecret: async (source) => await Promise.resolve(secretOf(source)),
    alerts: {
      take: async (notices) => {
        heard.notices.push(...notices);
        return await Promise.resolve('taken');
      },
      quarantine: async (unread) => void (await Promise.resolve(heard.unread.push(unread))),
    },
    ...over,
  };
}

/** What Alertmanager sends of one group. */
export function alertmanagerBody(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    receiver: 'rollbot',
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'ErrorRateHigh', service: 'api', severity: 'critical' },
        annotations: { summary: 'More than 10 % of the requests fail' },
        startsAt: '2026-11-24T02:58:08.326990857Z',
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.example:9090/graph?g0.expr=up',
        fingerprint: '791cec13fcba0368',
      },
    ],
    groupLabels: { alertname: 'ErrorRateHigh' },
    commonLabels: { alertname: 'ErrorRateHigh', service: 'api' },
    commonAnnotations: {},
    externalURL: 'http://alertmanager.example:9093',
    version: '4',
    groupKey: '{}:{alertname="ErrorRateHigh"}',
    truncatedAlerts: 0,
    notification_reason: 'new alerts',
    ...over,
  };
}

/** What Grafana sends of one group. */
export function grafanaBody(): Record<string, unknown> {
  const { alerts, ...group } = alertmanagerBody();
  const [alert] = alerts as readonly Record<string, unknown>[];
  return {
    ...group,
    alerts: [
      { ...alert, values: { B: 0.17 }, valueString: '[ var=B ]', panelURL: 'https://grafana.example/d/1?viewPanel=2', silenceURL: '' },
    ],
    version: '1',
    orgId: 1,
    title: '[FIRING:1] ErrorRateHigh',
    state: 'alerting',
    message: 'something',
  };
}
