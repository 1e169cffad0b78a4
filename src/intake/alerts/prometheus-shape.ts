import { z } from 'zod';
import type { Instant } from '../../core/brand.ts';
import type { Said, SaidAlert } from './source.ts';

/** What Alertmanager's webhook looks like, and what others that took it over add to it. Keys that nobody needs may be there. */
const Texts = z.record(z.string(), z.string());
const Time = z.string().refine((text) => Number.isFinite(Date.parse(text)), 'a time such as 2026-11-24T03:00:00Z');

export const PrometheusAlert = z.object({
  status: z.enum(['firing', 'resolved']),
  labels: Texts,
  annotations: Texts.default({}),
  startsAt: Time,
  endsAt: Time.optional(),
  generatorURL: z.string().optional(),
  fingerprint: z.string().min(1),
});
type PrometheusAlert = z.infer<typeof PrometheusAlert>;

export const PrometheusGroup = z.object({
  status: z.enum(['firing', 'resolved']),
  groupKey: z.string().min(1),
  groupLabels: Texts.default({}),
  commonLabels: Texts.default({}),
  commonAnnotations: Texts.default({}),
  truncatedAlerts: z.int().min(0).default(0),
});

/** What the group is called: what its alerts have in common, else what it is grouped by. */
function titleOf({ commonLabels, groupLabels, groupKey }: z.infer<typeof PrometheusGroup>): string {
  const grouped = Object.entries(groupLabels).map(([name, value]) => `${name}=${value}`);
  return commonLabels['alertname'] ?? (grouped.length > 0 ? grouped.join(', ') : groupKey);
}

/** An alert in our own words. */
export function alertOf(alert: PrometheusAlert, more: { value?: number | null; link?: string | null } = {}): SaidAlert {
  const { status, labels, annotations, startsAt, endsAt, generatorURL, fingerprint } = alert;
  return {
    key: fingerprint,
    status,
    startsAt: timeOf(startsAt),
    endsAt: endsAt === undefined ? null : timeOf(endsAt),
    title: labels['alertname'] ?? fingerprint,
    summary: annotations['summary'] ?? annotations['description'] ?? annotations['message'] ?? null,
    labels,
    target: labels['rollbot_target'] ?? null,
    value: more.value ?? null,
    link: more.link ?? generatorURL ?? null,
  };
}

/** A group in our own words. */
export function saidOf(group: z.infer<typeof PrometheusGroup>, alerts: readonly SaidAlert[]): Said {
  return { group: group.groupKey, title: titleOf(group), left: group.truncatedAlerts, alerts };
}

/** Year 1 is how a time is written that is not there. */
function timeOf(text: string): Instant | null {
  const at = Date.parse(text);
  return at > 0 ? (at as Instant) : null;
}
