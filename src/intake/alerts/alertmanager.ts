import { z } from 'zod';
import { alertOf, PrometheusAlert, PrometheusGroup, saidOf } from './prometheus-shape.ts';
import { showsSecret } from './proof.ts';
import { notUnderstood } from './not-understood.ts';
import type { AlertSource } from './source.ts';

const Body = PrometheusGroup.extend({ version: z.literal('4'), alerts: z.array(PrometheusAlert).min(1) });

/** Prometheus Alertmanager's webhook, version 4. It signs nothing, so it shows its secret. */
export const alertmanager: AlertSource = {
  mayBeFrom: showsSecret,
  isFrom: ({ headers }, secret) => showsSecret(headers, secret),
  asks: 'Set http_config: { authorization: { credentials: … } } of its webhook to the secret that rollbot.yml names.',
  read(json) {
    const body = Body.safeParse(json);
    if (!body.success) return notUnderstood('what the webhook of Alertmanager sends, version "4"', body.error);
    return {
      said: [
        saidOf(
          body.data,
          body.data.alerts.map((alert) => alertOf(alert)),
        ),
      ],
    };
  },
};
