import type { Instant, RoleId, StreamId } from '../../../src/core/brand.ts';
import type { Criterion } from '../../../src/core/incident/criteria.ts';
import type { IncidentEvent, IncidentFact } from '../../../src/core/incident/event.ts';
import type { SampledMetric } from '../../../src/core/reading/key-reading.ts';
import type { Unit } from '../../../src/core/reading/schema.ts';
import {
  asked,
  BEGINS,
  clearCache,
  dana,
  digest,
  done,
  linked,
  mina,
  omar,
  opened,
  role,
  RUN,
  started,
  step,
  token,
} from '../../slack/story.ts';

/** A night with everything in it that a report can tell, by the second after its beginning. */

const at = (seconds: number): Instant => (BEGINS + seconds * 1000) as Instant;
const stream = 'alert/alertmanager/ErrorRateHigh' as StreamId<'alert'>;
const devops: RoleId = role('devops-engineer');
const about = { incident: 'incident/k7m2xq' as StreamId, run: null, step: null, trigger: null } as never;

const criteria: readonly Criterion[] = [
  { title: 'Error rate below 1 %', holds: true, says: 'It is 0.4 %.', by: 'reading' },
  { title: 'WebSocket connections are stable', holds: true, says: 'dana says yes.', by: 'person' },
  { title: 'No data corruption detected', holds: null, says: 'Nobody has said so.', by: 'person' },
];

const TOLD: readonly (readonly [seconds: number, ...facts: readonly IncidentFact[]])[] = [
  [0, { ...opened, by: { kind: 'rollbot' }, title: 'ErrorRateHigh', beganAt: at(-95) }],
  [1, linked],
  [1, { type: 'alerts-joined', stream, source: 'alertmanager', title: 'ErrorRateHigh', beganAt: at(-120), heardAt: at(-20), firing: 2 }],
  [
    2,
    {
      type: 'page-noted',
      page: 'p1',
      note: { is: 'opened', to: { roles: [devops], contacts: [] }, why: 'command' as never, summary: 'The shop fails', about },
    },
  ],
  [4, { type: 'page-noted', page: 'p1', note: { is: 'called', people: [{ name: 'omar', media: ['slack'] }], says: null } as never }],
  [34, { type: 'page-noted', page: 'p1', note: { is: 'acknowledged', by: 'omar', how: 'button' } }],
  [
    40,
    {
      type: 'severity-set',
      severity: { id: 'sev1', title: 'Major incident', tell: [], updateEveryMs: 1_800_000 },
      by: omar,
      token: token('T-1'),
    },
  ],
  [42, { type: 'role-taken', role: 'commander', by: omar }],
  [45, { type: 'role-handed-over', role: 'scribe', to: mina, by: omar }],
  [60, { type: 'note-added', text: 'It began with the deploy of 13:57.', saidAt: at(50), by: mina, message: null }],
  [90, { ...started, by: dana }],
  [92, ...done(step('preflight.1'), 'pitchey-production-cache')],
  [95, ...done(step('stop-warming'), 'removed 2 lines')],
  [96, asked('T-approve')],
  [141, { type: 'approval-given', run: RUN, step: clearCache.id, token: token('T-approve'), digest, by: omar, roles: [devops] }],
  [145, ...done(clearCache.id, '4,211 keys deleted')],
  [
    150,
    {
      type: 'note-added',
      text: 'Orders come in again',
      saidAt: at(149),
      by: omar,
      message: { channel: 'C060INC', ts: '1.1', author: 'priya' },
    },
  ],
  [160, ...done(step('verify.1'), '0.71 is above 0.6')],
  [
    161,
    {
      type: 'question-asked',
      run: RUN,
      step: step('verify.2'),
      role: role('lead-developer'),
      token: token('T-q'),
      question: 'No cache errors in the logs',
    },
  ],
  [171, { type: 'question-answered', run: RUN, step: step('verify.2'), token: token('T-q'), answer: 'yes', by: dana, note: null }],
  [172, { type: 'run-finished', run: RUN, outcome: 'verified' }],
  [
    173,
    {
      type: 'metrics-sampled',
      run: RUN,
      metrics: [metric('error_rate', 'Error rate', 'ratio', 0.14), metric('response_time', 'Response time', 'ms', 900)],
    },
  ],
  [180, { type: 'alerts-over', stream, title: 'ErrorRateHigh' }],
  [
    200,
    {
      type: 'update-sent',
      number: 1,
      update: {
        engineering: { text: 'The warmed entries are gone.\nHit rate is 71 %.', to: { channels: ['C0ENG'], mail: [] } },
        business: { text: 'The shop is well again.', to: { channels: [], mail: ['board@shop.example'] } },
      },
      by: mina,
    },
  ],
  [
    240,
    {
      type: 'incident-closed',
      by: omar,
      reason: 'it is late',
      left: ['not known: No data corruption detected (Nobody has said so.)'],
      criteria,
    },
  ],
];

/** Everything until it was closed. */
export const NIGHT: readonly IncidentEvent[] = eventsOf(TOLD);

/** The morning after: what was found out, with the report of the night already written. */
export const MORNING: readonly IncidentEvent[] = [
  ...NIGHT,
  ...eventsOf([
    [241, { type: 'report-written', file: '20261124-140000-cache.md', digest, template: 2 }],
    [40_000, { type: 'root-cause-set', text: 'A deploy warmed *everything*.\nNobody had asked for it.', by: dana }],
    [40_000, { type: 'lessons-set', text: 'Warm slowly.', by: dana }],
    [40_000, { type: 'action-item-added', title: 'Alert on the hit rate', owner: 'omar', by: dana }],
  ]),
];

function eventsOf(told: typeof TOLD): readonly IncidentEvent[] {
  return told.flatMap(([seconds, ...facts]) => facts.map((fact): IncidentEvent => ({ ...fact, at: at(seconds) })));
}

/** Bad until the entries were cleared. */
function metric(name: string, title: string, unit: Unit, bad: number): SampledMetric {
  const points = Array.from({ length: 42 }, (_, index) => {
    const second = -160 + index * 8;
    return { at: at(second), value: bad * (second < -120 ? 0.05 : second < 150 ? 1 + (index % 4) / 20 : 0.06) };
  });
  return { metric: name, title, unit, gapMs: 24_000, points };
}
