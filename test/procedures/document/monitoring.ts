import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const monitoring: Wanted = {
  heading: '4. Monitoring and Alerting Rollback',
  procedure: 'monitoring',
  component: 'Monitoring System',
  estimate: '5m-10m',
  steps: [
    by('what is enhanced is taken out', 'install'),
    by('the files go back to the basic monitoring', 'wanted', 'prepare', 'publish'),
    by('the thresholds of the basic alerts are written', 'prepare', 'check-files'),
    by('the monitoring takes them', 'reload', 'restart', 'ready'),
    by('it is looked at', 'verify.1'),
  ],
  checklist: [
    by('basic monitoring', 'verify.2', 'verify.3'),
    by('critical alerts', 'verify.4'),
    by('dashboard', 'verify.5', 'verify.6'),
    by('no errors', 'verify.7'),
  ],
};
