import { by } from './row.ts';
import type { Wanted } from './row.ts';

export const databaseSchema: Wanted = {
  heading: 'Database Schema Rollback',
  procedure: 'database-schema',
  component: 'Database Schema',
  estimate: null,
  steps: [
    by('the migration is identified, by its name', 'chosen', 'preflight.6', 'preflight.7', 'preflight.8'),
    by('it is taken back, and nothing but it', 'keep', 'rehearse', 'roll-back'),
    by('the schema is verified', 'schema-fits', 'verify.1'),
    by('the code is taken back where it has to be', 'preflight.10', 'restore-code'),
  ],
  checklist: [
    by('error rate', 'verify.3'),
    by('response times', 'verify.4'),
    by('database queries', 'verify.5'),
    by('hit rate', 'verify.6'),
    by('WebSocket connections', 'verify.7'),
    by('data', 'verify.2', 'verify.8'),
  ],
  criteria: true,
};
