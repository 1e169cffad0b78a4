import type { IncidentFact } from '../../src/core/incident/event.ts';
import type { KeyReading } from '../../src/core/reading/key-reading.ts';
import { BEGINS, RUN } from './story.ts';

export const errorRate = (value: number): KeyReading => ({ metric: 'error_rate', title: 'Error rate', unit: 'ratio', at: BEGINS, value });
const responseTime = (value: number): KeyReading => ({ metric: 'response_time', title: 'Response time', unit: 'ms', at: BEGINS, value });
export const noResponseTime: KeyReading = {
  metric: 'response_time',
  title: 'Response time',
  unit: 'ms',
  at: BEGINS,
  why: 'https://api.example/metrics answered 503 Service Unavailable.',
};
const noConnections: KeyReading = {
  metric: 'database_connections',
  title: 'Database connections',
  unit: 'count',
  at: BEGINS,
  why: 'There is nothing at /connections in the answer.',
};
export const metricsBefore: IncidentFact = {
  type: 'metrics-read',
  run: RUN,
  when: 'before',
  readings: [errorRate(0.072), responseTime(2140), noConnections],
};
export const metricsAfter: IncidentFact = {
  type: 'metrics-read',
  run: RUN,
  when: 'after',
  readings: [errorRate(0.004), responseTime(386), noConnections],
};
