import type { SettingsText } from '../../core/settings.ts';
import type { Alerting } from './alerting.ts';

/** The variable of the bot's environment that holds what Alertmanager sends its alerts with. */
export const ALERT_SECRET_VARIABLE = 'SANDBOX_ALERT_SECRET';

/**
 * What a `rollbot.yml` says so that the shop's figures start a rollback by themselves. The rules are those of production, with
 * every time a fraction of what it is there.
 */
export function alertingSettings({ prometheusUrl }: Pick<Alerting, 'prometheusUrl'>, channel: string): Partial<SettingsText> {
  const query = (text: string) => ({ url: prometheusUrl, query: text });
  const timing = { every: '2s', watermark: '2s', gap: 3, late: '20s', future: '5s', blind: '30s' };
  return {
    metrics: {
      error_rate: {
        title: 'Error rate',
        unit: 'ratio',
        every: '2s',
        stale: '10s',
        prometheus: { ...query('error_rate'), samples: 'requests_in_window' },
      },
      cache_available: {
        title: 'The cache does its work',
        unit: 'bool',
        every: '2s',
        stale: '10s',
        prometheus: query('cache_hit_rate > bool 0.6'),
      },
    },
    'key-metrics': ['error_rate'],
    alerts: {
      channel,
      sources: { alertmanager: { kind: 'alertmanager', secret: { env: ALERT_SECRET_VARIABLE }, targets: ['production'] } },
      routes: [{ match: { alertname: 'ErrorRateHigh' }, target: 'production', procedures: ['cache'], triggers: ['error-rate-high'] }],
    },
    triggers: {
      'cache-unavailable': {
        title: 'The cache is not available',
        targets: ['production'],
        // Quicker than the other: a rule that would destroy something wants a second signal before it starts it.
        when: { kind: 'unavailable', metric: 'cache_available', 'longer-than': '1s', timing: { ...timing, watermark: '1s' } },
        procedure: 'cache',
        mode: 'shadow',
      },
      'error-rate-high': {
        title: 'Error rate above 10 %',
        targets: ['production'],
        when: {
          kind: 'error-rate',
          metric: 'error_rate',
          above: '10%',
          window: '8s',
          twice: '4s',
          evidence: { requests: 40, errors: 10 },
          timing: { ...timing, watermark: '10s' },
        },
        procedure: 'cache',
        mode: 'auto',
      },
    },
  };
}
