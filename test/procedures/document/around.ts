import { because, by } from './row.ts';
import type { Around } from './row.ts';
import { IMMEDIATE, STAGED } from './triggers.ts';

const NO_VENDORS = 'paging is not there yet, and no vendor is called by a bot';
const emergency = (item: string) => ({ of: 'emergency', item });

/** What the document says around its procedures. */
export const AROUND: readonly Around[] = [
  { heading: 'Immediate Rollback Required', items: IMMEDIATE.map(({ trigger }) => by(trigger, { trigger })) },
  { heading: 'Staged Rollback Triggers', items: STAGED.map(({ trigger }) => by(trigger, { trigger })) },
  {
    heading: 'Success Criteria',
    items: [
      by('error rate', emergency('verify.2')),
      by('response times', emergency('verify.3')),
      by('database queries', emergency('verify.4')),
      by('hit rate', emergency('verify.5'), { of: 'cache', item: 'verify.1' }),
      by('WebSocket connections', emergency('verify.6')),
      by('data', emergency('verify.7')),
    ],
  },
  {
    heading: '1. Incident Documentation',
    items: [
      ...['Performance Middleware', 'Database Connection Pool', 'Cache Layer', 'Monitoring System', 'Hyperdrive Configuration'].map(
        (name) => by(name, { report: `] ${name}\n` }),
      ),
      ...['Fix root cause', 'Improve monitoring', 'Update rollback procedures', 'Enhance testing'].map((name) =>
        by(name, { report: `] ${name}` }),
      ),
    ],
    more: ['Timeline', 'Affected Components', 'Root Cause', 'Lessons Learned', 'Action Items'].map((name) =>
      by(name, { report: `\n## ${name}\n` }),
    ),
  },
  {
    heading: '2. Stakeholder Communication',
    items: [],
    more: [by('how the system is', emergency('degraded'))],
  },
  {
    heading: '3. Follow-up Actions',
    items: ['root cause', 'other environments', 'it does not come again', 'the procedure', 'post-mortem'].map((wish) =>
      because(wish, 'each procedure has all five as follow-ups, and a test of its own holds it to that'),
    ),
  },
  {
    heading: 'Regular Rollback Drills',
    items: [],
    more: [by('each month', { drill: 'monthly' }), by('the whole, each quarter', { drill: 'quarterly' })],
  },
  {
    heading: 'Rollback Verification Checklist',
    items: [
      by('journeys', { checklist: 'journeys' }),
      by('logging in', { checklist: 'authentication' }),
      by('database', { checklist: 'database' }, emergency('verify.4')),
      by('files', { checklist: 'files' }),
      by('real time', { checklist: 'real-time' }, emergency('verify.6')),
      by('monitoring', { checklist: 'monitoring' }),
      by('response times', { checklist: 'performance' }, emergency('verify.3')),
      by('data', { checklist: 'data' }, emergency('verify.7')),
    ],
  },
  {
    heading: 'Technical Team',
    items: [
      by('the lead developer is told at once', { role: 'lead-developer' }, { of: 'emergency', item: 'degraded' }),
      by('DevOps has the authority over infrastructure', { role: 'devops-engineer' }, emergency('switch'), {
        of: 'cache',
        item: 'clear-prefix',
      }),
      by('the database admin has it over data', { role: 'database-admin' }, emergency('verify.7')),
    ],
  },
  {
    heading: 'Business Team',
    items: [
      by('product owner', { role: 'product-owner' }, emergency('degraded')),
      by('customer success', { role: 'customer-success' }, emergency('degraded')),
      by('executives', { role: 'executive-team' }, emergency('degraded')),
    ],
  },
  { heading: 'External Vendors', items: ['Cloudflare', 'Neon', 'Upstash'].map((wish) => because(wish, NO_VENDORS)) },
  {
    heading: 'Key Metrics to Watch',
    items: [],
    more: [by('error rate', emergency('verify.2')), by('response times', emergency('verify.3')), by('connections', emergency('verify.4'))],
  },
];

/** The scripts that the document says there are, as procedures; it has none for the other five. */
export const SCRIPTS = ['emergency', 'performance-middleware', 'connection-pooling', 'cache', 'monitoring', 'frontend'];
