import { testsOfScript, revokeToken } from './exported-scripts.ts';

testsOfScript({
  file: 'cache-rollback.sh',
  procedure: 'cache',
  answers: ['lena', 'lead-developer', 'production', 'lena', 'lead-developer', 'yes', 'yes', 'lena'],
  spoil: async (sandbox) => {
    await sandbox.sabotage('wrong-redis');
    return [];
  },
  failing: 'preflight.1',
});

testsOfScript({
  file: 'emergency-rollback.sh',
  procedure: 'emergency',
  answers: ['lena', 'lead-developer', 'production', 'lena', 'lead-developer', 'yes', 'yes', 'lena', 'yes', 'mina'],
  spoil: revokeToken,
  failing: 'preflight.1',
});
