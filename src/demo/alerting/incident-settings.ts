import type { SettingsText } from '../../core/settings.ts';

/** What a `rollbot.yml` says so that an incident is led to its end: how bad it can be, who is told, and what has to hold before it is closed. */
export function incidentSettings(channel: string): Partial<SettingsText> {
  return {
    'key-metrics': ['error_rate', 'response_time', 'hit_rate'],
    severities: {
      sev1: { title: 'Major incident', tell: ['executive-team', 'customer-success'], 'update-every': '30m' },
      sev2: { title: 'Some people notice', tell: ['customer-success'], 'update-every': '1h' },
      sev3: { title: 'Nobody outside notices' },
    },
    'success-criteria': [
      { title: 'Error rate below 1 %', metric: 'error_rate', expect: { below: '1%' } },
      { title: 'Response time below 1000 ms (95th percentile)', metric: 'response_time', expect: { below: 1000 } },
      { title: 'Cache hit rate above 60 %', metric: 'hit_rate', expect: { above: '60%' } },
      { title: 'Database queries below 500 ms on average' },
      { title: 'WebSocket connections stable' },
      { title: 'No data corruption detected' },
    ],
    updates: { business: { channels: [channel] } },
  };
}
