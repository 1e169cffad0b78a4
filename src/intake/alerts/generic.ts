import { z } from 'zod';
import type { Instant } from '../../core/brand.ts';
import { hasSignature, showsSecret, signsBody, signsTimeAndBody } from './proof.ts';
import { notUnderstood } from './not-understood.ts';
import type { AlertSource, Said, SaidAlert } from './source.ts';

const HEADER = 'x-rollbot-signature';
const TIME = 'x-rollbot-timestamp';
const Time = z.iso.datetime({ offset: true });

/** One alert as anybody can send it; docs/alerts.md is its reference. */
const GenericAlert = z.strictObject({
  key: z.string().min(1),
  status: z.enum(['firing', 'resolved']),
  title: z.string().min(1),
  summary: z.string().optional(),
  group: z.string().min(1).optional(),
  startsAt: Time.optional(),
  endsAt: Time.optional(),
  target: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  value: z.number().optional(),
  link: z.url({ protocol: /^https?$/ }).optional(),
});
type GenericAlert = z.infer<typeof GenericAlert>;
const Several = z.strictObject({ alerts: z.array(GenericAlert).min(1).max(5000) });

/** A documented JSON for everything else. It shows its secret, or signs with it. */
export const generic: AlertSource = {
  mayBeFrom: (headers, secret) => (headers[HEADER] === undefined ? showsSecret(headers, secret) : hasSignature(headers, HEADER)),
  isFrom(delivery, secret, _settings, now) {
    if (delivery.headers[HEADER] === undefined) return showsSecret(delivery.headers, secret);
    return delivery.headers[TIME] === undefined
      ? signsBody(delivery, HEADER, secret)
      : signsTimeAndBody(delivery, { header: HEADER, time: TIME }, secret, now);
  },
  asks: 'Send Authorization: Bearer <secret>, or X-Rollbot-Signature: sha256=<HMAC-SHA256 of the body>, with the secret that rollbot.yml names.',
  read(json) {
    const several = typeof json === 'object' && json !== null && 'alerts' in json;
    const body = several ? Several.safeParse(json) : GenericAlert.safeParse(json);
    if (!body.success) return notUnderstood('what docs/alerts.md describes', body.error);
    return { said: grouped('alerts' in body.data ? body.data.alerts : [body.data]) };
  },
};

/** Alerts of one group in one piece; an alert that names none is a group of its own. */
function grouped(alerts: readonly GenericAlert[]): readonly Said[] {
  const groups = Map.groupBy(alerts, ({ group, key }) => group ?? key);
  return [...groups].map(([group, members]) => {
    const title = members.length === 1 || members[0]?.group === undefined ? (members[0]?.title ?? group) : group;
    return { group, title, left: 0, alerts: members.map(alertOf) };
  });
}

function alertOf({ key, status, startsAt, endsAt, title, summary, labels, target, value, link }: GenericAlert): SaidAlert {
  return {
    key,
    status,
    startsAt: timeOf(startsAt),
    endsAt: timeOf(endsAt),
    title,
    summary: summary ?? null,
    labels: labels ?? {},
    target: target ?? null,
    value: value ?? null,
    link: link ?? null,
  };
}

function timeOf(text: string | undefined): Instant | null {
  return text === undefined ? null : (Date.parse(text) as Instant);
}
