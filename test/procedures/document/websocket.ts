import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const websocket: Wanted = {
  heading: 'Durable Objects Rollback',
  procedure: 'websocket',
  component: 'WebSockets and Durable Objects',
  estimate: null,
  steps: [
    by('WebSockets are switched off', 'change-code', 'publish'),
    by('the bindings leave the configuration, and no migration is taken back', 'migrated', 'change-code', 'publish'),
    by('it is deployed', 'upload', 'deploy'),
    by('it is looked at', 'verify.2', 'verify.7', 'verify.8'),
  ],
  checklist: [
    by('error rate', 'verify.3'),
    by('response times', 'verify.4'),
    by('database queries', 'verify.5'),
    by('hit rate', 'verify.6'),
    by('WebSocket connections, of which there are none', 'verify.7', 'verify.8'),
    by('data', 'verify.9'),
  ],
  criteria: true,
};
