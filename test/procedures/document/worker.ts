import { by } from './row.ts';
import type { Wanted } from './row.ts';

const deployed = (looked: string) => by('it is deployed, to all and by its commit', 'upload', 'deploy', 'publish', 'verify.1', looked);

export const performanceMiddleware: Wanted = {
  heading: '1. Performance Middleware Rollback',
  procedure: 'performance-middleware',
  component: 'Performance Middleware',
  estimate: '3m-5m',
  steps: [
    by('what runs, and what is wanted, is known', 'serving', 'running', 'wanted'),
    by('the middleware goes back', 'change-code'),
    by('the enhanced caching goes', 'change-code'),
    by('the Worker uses the basic middleware', 'change-code'),
    deployed('verify.6'),
    by('it is looked at', 'verify.2', 'verify.4'),
  ],
  checklist: [
    by('response times', 'verify.2'),
    by('error rate', 'verify.3'),
    by('all endpoints', 'verify.4'),
    by('no caching errors', 'verify.5'),
  ],
};

export const connectionPooling: Wanted = {
  heading: '2. Database Connection Pooling Rollback',
  procedure: 'connection-pooling',
  component: 'Database Connection Pool',
  estimate: '5m-7m',
  steps: [
    by('pooling is switched off', 'change-code'),
    by('the simple connection is written', 'change-code'),
    by('the Worker uses it', 'change-code'),
    by('the retry logic goes back', 'wanted', 'change-code'),
    deployed('verify.6'),
    by('connections are watched, for a time that ends', 'verify.2'),
  ],
  checklist: [
    by('connections', 'verify.2'),
    by('no timeouts', 'verify.3'),
    by('query performance', 'verify.4'),
    by('the pool', 'verify.5'),
  ],
};

export const hyperdrive: Wanted = {
  heading: '5. Hyperdrive Configuration Rollback',
  procedure: 'hyperdrive',
  component: 'Hyperdrive Configuration',
  estimate: '3m-5m',
  steps: [
    by('the configuration is kept, in the history', 'running', 'preflight.4'),
    by('Hyperdrive leaves the configuration', 'change-code'),
    by('the Worker uses the direct connection, which it has the secret for', 'preflight.5', 'change-code'),
    deployed('verify.7'),
    by('connections are watched, for a time that ends', 'verify.2', 'verify.4'),
  ],
  checklist: [
    by('queries', 'verify.2'),
    by('latency', 'verify.3'),
    by('the pool', 'verify.4'),
    by('all operations on records', 'verify.5'),
  ],
};

export const websocket: Wanted = {
  heading: 'Durable Objects Rollback',
  procedure: 'websocket',
  component: 'WebSockets and Durable Objects',
  estimate: null,
  steps: [
    by('WebSockets are switched off', 'change-code'),
    by('the bindings are taken out, across no migration', 'migrated', 'preflight.6', 'preflight.7', 'change-code'),
    deployed('verify.10'),
    by('it is looked at', 'verify.2', 'verify.8'),
  ],
  checklist: [
    by('error rate', 'verify.3'),
    by('response times', 'verify.4'),
    by('database queries', 'verify.5'),
    by('hit rate', 'verify.6'),
    by('WebSocket connections', 'verify.7', 'verify.8'),
    by('data', 'verify.9'),
  ],
  criteria: true,
};
