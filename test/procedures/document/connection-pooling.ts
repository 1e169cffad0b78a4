import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const connectionPooling: Wanted = {
  heading: '2. Database Connection Pooling Rollback',
  procedure: 'connection-pooling',
  component: 'Database Connection Pool',
  estimate: '5m-7m',
  steps: [
    by('pooling is switched off', 'change-code'),
    by('a simple connection is written', 'change-code', 'publish'),
    by('the Worker uses it', 'change-code', 'publish'),
    by('the retry logic goes back', 'wanted', 'change-code', 'publish'),
    by('it is deployed', 'upload', 'deploy'),
    by('connections are watched', 'verify.2'),
  ],
  checklist: [
    by('stable connections', 'verify.2'),
    by('no timeouts', 'verify.3'),
    by('query times', 'verify.4'),
    by('use of the pool', 'verify.5'),
  ],
};
