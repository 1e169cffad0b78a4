import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const monitoring: Wanted = {
  heading: '4. Monitoring and Alerting Rollback',
  procedure: 'monitoring',
  component: 'Monitoring System',
  estimate: '5m-10m',
  steps: [
    by('the enhanced monitoring is switched off', 'install', 'reload'),
    by('its files go back', 'wanted', 'prepare', 'publish', 'install'),
    by('the basic alerts', 'prepare', 'check-files', 'verify.2', 'verify.3'),
    by('it is read again, or restarted', 'reload', 'restart'),
    by('it is ready', 'ready', 'verify.1'),
  ],
  checklist: [
    by('basic monitoring', 'verify.1', 'verify.2', 'verify.3'),
    by('critical alerts', 'verify.4'),
    by('dashboard', 'verify.5', 'verify.6'),
    by('no errors', 'verify.7'),
  ],
};
