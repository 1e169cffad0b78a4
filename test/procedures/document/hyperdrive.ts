import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const hyperdrive: Wanted = {
  heading: '5. Hyperdrive Configuration Rollback',
  procedure: 'hyperdrive',
  component: 'Hyperdrive Configuration',
  estimate: '3m-5m',
  steps: [
    by('the configuration is kept, as a commit and as a version', 'serving', 'running'),
    by('it leaves the configuration', 'change-code', 'publish'),
    by('the Worker reaches the database directly', 'change-code', 'publish'),
    by('it is deployed', 'upload', 'deploy'),
    by('connections are watched', 'verify.2', 'verify.3'),
  ],
  checklist: [
    by('queries', 'verify.2'),
    by('latency', 'verify.3'),
    by('the pool is not exhausted', 'verify.4'),
    by('all that is done with records', 'verify.5'),
  ],
};
