import { testsOfScript, revokeToken } from './exported-scripts.ts';

testsOfScript({
  file: 'performance-rollback.sh',
  procedure: 'performance-middleware',
  answers: ['lena', 'lead-developer', 'yes'],
  spoil: revokeToken,
  failing: 'serving',
});

testsOfScript({
  file: 'database-rollback.sh',
  procedure: 'connection-pooling',
  answers: ['lena', 'lead-developer', 'yes'],
  spoil: revokeToken,
  failing: 'serving',
});
