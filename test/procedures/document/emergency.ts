import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const emergency: Wanted = {
  heading: 'Emergency Full Rollback',
  procedure: 'emergency',
  component: 'Complete System',
  estimate: '10m-15m',
  steps: [
    by('a good version, by what was verified and not by the newest tag', 'wanted'),
    by('all of it is checked out', 'checkout'),
    by('it is deployed as a Worker of its own', 'create', 'address', 'upload', 'deploy'),
    by('traffic goes there', 'route', 'switch', 'serving'),
    by('it is looked at ten times', 'healthy', 'verify.1'),
    by('people are told that it is degraded', 'degraded'),
    by('a record is kept', { report: '## Timeline' }, { report: '# Incident Report: ' }),
  ],
  checklist: [
    by('error rate', 'verify.2'),
    by('response times', 'verify.3'),
    by('database queries', 'verify.4'),
    by('hit rate', 'verify.5'),
    by('WebSocket connections', 'verify.6'),
    by('data', 'verify.7'),
  ],
  criteria: true,
};
