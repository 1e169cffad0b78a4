import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const databaseRestore: Wanted = {
  heading: 'Data Recovery from Backup',
  procedure: 'database-restore',
  component: 'Database',
  estimate: null,
  steps: [
    by('all writes are stopped, for real', 'stop-writes', 'tell', 'end-sessions', 'writes-stopped'),
    by('a backup is chosen, by what was written down about it', 'backup', 'preflight.4', 'preflight.5', 'preflight.6'),
    by('it is restored, beside the live database', 'create', 'restore', 'prepare', 'swap'),
    by('the data is verified', 'rows-are-there', 'constraints-hold', 'data-is-whole', 'verify.1'),
    by('work goes on', 'resume-writes', 'writes-succeed', 'caches', 'tell-again'),
  ],
  checklist: [
    by('error rate', 'verify.3'),
    by('response times', 'verify.4'),
    by('database queries', 'verify.5'),
    by('hit rate', 'verify.6'),
    by('WebSocket connections', 'verify.7'),
    by('data', 'verify.1', 'verify.8'),
  ],
  criteria: true,
};
