import { z } from 'zod';
import type { Instant } from '../brand.ts';
import type { Notice } from './alert.ts';

const Moment = z.number().transform((at) => at as Instant);

/** What lies in the inbox as a row of alerts: an older or a newer version may have put it there. */
export const Notices: z.ZodType<readonly Notice[]> = z.array(
  z.object({
    source: z.string(),
    group: z.string(),
    title: z.string(),
    alerts: z.array(
      z.object({
        key: z.string(),
        status: z.enum(['firing', 'resolved']),
        startsAt: Moment,
        endsAt: Moment.nullable(),
        title: z.string(),
        summary: z.string().nullable(),
        labels: z.record(z.string(), z.string()),
        target: z.string().nullable(),
        value: z.number().nullable(),
        link: z.string().nullable(),
      }),
    ),
    left: z.number(),
    at: Moment,
  }),
);
