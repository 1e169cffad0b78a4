import { testsOfScript, revokeToken } from './exported-scripts.ts';

testsOfScript({
  file: 'frontend-rollback.sh',
  procedure: 'frontend',
  answers: ['omar', 'devops-engineer', 'yes', 'yes', 'lena', 'yes', 'omar', 'yes', 'mina'],
  spoil: revokeToken,
  failing: 'preflight.1',
});

testsOfScript({
  file: 'monitoring-rollback.sh',
  procedure: 'monitoring',
  answers: ['omar', 'devops-engineer', 'yes', 'yes', 'omar'],
  spoil: async () => await Promise.resolve(['ref=v0.0.0']),
  failing: 'wanted',
});
