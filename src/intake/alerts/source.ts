import type { IncomingHttpHeaders } from 'node:http';
import type { Alert, Notice } from '../../core/alert/alert.ts';
import type { SourceSettings } from '../../core/alert/schema.ts';
import type { Instant } from '../../core/brand.ts';

/** A request as it came over the wire: what is signed are the bytes, and not what they mean. */
export type Delivery = { readonly headers: IncomingHttpHeaders; readonly body: Uint8Array };

/** What a source said about groups of alerts; where it comes from and when is known already. */
export type Said = Pick<Notice, 'group' | 'title' | 'left'> & { readonly alerts: readonly SaidAlert[] };
/** An alert as its source sends it; what it leaves out is null. */
export type SaidAlert = Omit<Alert, 'startsAt'> & { readonly startsAt: Instant | null };

/** A kind of monitoring system: how it proves who it is, and what its JSON means. */
export type AlertSource = {
  /** Whether it may be from there, by its headers alone: whoever can't be is turned away before the body is read. */
  readonly mayBeFrom: (headers: IncomingHttpHeaders, secret: string, settings: SourceSettings) => boolean;
  readonly isFrom: (delivery: Delivery, secret: string, settings: SourceSettings, now: Instant) => boolean;
  /** What a person does where the proof is not right. */
  readonly asks: string;
  readonly read: (json: unknown) => { readonly said: readonly Said[] } | { readonly says: string };
};
