import { z } from 'zod';
import { alertOf, PrometheusAlert, PrometheusGroup, saidOf } from './prometheus-shape.ts';
import { hasSignature, signsBody, signsTimeAndBody } from './proof.ts';
import { notUnderstood } from './not-understood.ts';
import type { AlertSource } from './source.ts';

const HEADER = 'x-grafana-alerting-signature';

const GrafanaAlert = PrometheusAlert.extend({
  values: z.record(z.string(), z.number()).nullish(),
  panelURL: z.string().optional(),
  dashboardURL: z.string().optional(),
});
const Body = PrometheusGroup.extend({ version: z.literal('1'), alerts: z.array(GrafanaAlert).min(1) });

/** The webhook of Grafana's own alerting, version 1, signed by HMAC, with the time where its settings say so. */
export const grafana: AlertSource = {
  mayBeFrom: (headers) => hasSignature(headers, HEADER),
  isFrom(delivery, secret, { 'timestamp-header': time }, now) {
    return time === undefined ? signsBody(delivery, HEADER, secret) : signsTimeAndBody(delivery, { header: HEADER, time }, secret, now);
  },
  asks: 'Set the HMAC signature of its contact point to the secret that rollbot.yml names, and its clock right.',
  read(json) {
    const body = Body.safeParse(json);
    if (!body.success) return notUnderstood('what the webhook of Grafana sends, version "1"', body.error);
    const alerts = body.data.alerts.map((alert) => alertOf(alert, { value: valueOf(alert.values), link: linkOf(alert) }));
    return { said: [saidOf(body.data, alerts)] };
  },
};

/** Of several values nobody knows which one the rule is about. */
function valueOf(values: z.infer<typeof GrafanaAlert>['values']): number | null {
  const all = Object.values(values ?? {});
  return all.length === 1 ? (all[0] ?? null) : null;
}

function linkOf({ panelURL, dashboardURL }: z.infer<typeof GrafanaAlert>): string | null {
  return panelURL || dashboardURL || null;
}
