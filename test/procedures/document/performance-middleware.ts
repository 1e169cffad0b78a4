import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const performanceMiddleware: Wanted = {
  heading: '1. Performance Middleware Rollback',
  procedure: 'performance-middleware',
  component: 'Performance Middleware',
  estimate: '3m-5m',
  steps: [
    by('the version that runs, and the one that is wanted', 'serving', 'running', 'wanted'),
    by('the middleware goes back', 'change-code', 'publish'),
    by('so does its edge cache', 'change-code', 'publish'),
    by('the Worker uses the basic one', 'change-code', 'publish'),
    by('it is deployed', 'upload', 'deploy'),
    by('it is looked at', 'verify.1', 'verify.4'),
  ],
  checklist: [
    by('response times', 'verify.2'),
    by('error rate', 'verify.3'),
    by('endpoints', 'verify.4'),
    by('no errors of caching', 'verify.5'),
  ],
};
