import { z } from 'zod';
import type { TokenId } from '../../../core/brand.ts';
import { severityNamed } from '../../../core/incident/severities.ts';
import { sayList } from '../../../core/procedure/nearest.ts';
import { incidentNamed } from '../../incidents.ts';
import { done, refused } from '../../reply.ts';
import { verb } from '../../verb.ts';
import { actIn, leading } from './act.ts';

/** Says how bad an incident is, or sets it; who is called and how often people outside hear of it follows from that. */
export const SEVERITY = verb(z.object({ of: z.string().nullable(), severity: z.string().nullable() }), async (acting, asked, desk) => {
  const found = await incidentNamed(desk, asked.of);
  if ('says' in found) return refused('words', [found.says]);
  const settings = desk.catalog.settings();
  if (asked.severity === null) {
    const { incident, record } = found.incident;
    const known = Object.keys(settings.severities ?? {});
    const now = record.severity ? `${record.severity.id}: ${record.severity.title}` : 'not set';
    const says = `The severity is ${now}. Set it with \`rollbot incident severity <severity>\`: ${sayList(known) || 'rollbot.yml names none'}.`;
    return done([says], { incident, severity: record.severity?.id ?? null, severities: known });
  }
  const severity = severityNamed(settings, asked.severity.toLowerCase());
  if ('says' in severity) return refused('words', [severity.says]);
  const act = { kind: 'set-severity', severity, token: desk.token() as TokenId, ...leading(acting, desk) } as const;
  return await actIn(desk, found, act, `The severity is ${severity.id} now: ${severity.title}.`);
});
