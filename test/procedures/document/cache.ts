import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const cache: Wanted = {
  heading: '3. Cache Warming Strategy Rollback',
  procedure: 'cache',
  component: 'Cache Layer',
  estimate: '2m-3m',
  steps: [
    by('warming is switched off', 'stop-warming'),
    by('the jobs leave the crontab', 'stop-warming', 'let-jobs-end'),
    by('warmed entries are cleared, all of it only where that is chosen', 'clear-prefix', 'clear-everything'),
    by('the code of the cache goes back', 'wanted', 'restore-code', 'publish'),
    by('it is deployed', 'deploy', 'verify.6'),
    by('the cache is looked at', 'verify.1', 'verify.5'),
  ],
  checklist: [
    by('hit rate', 'verify.1'),
    by('no errors', 'verify.2', 'verify.3'),
    by('response times', 'verify.4'),
    by('memory', 'verify.5'),
  ],
};
