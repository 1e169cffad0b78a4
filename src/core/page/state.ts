import type { Instant, PersonId, RunId, StepId, StreamId, TokenId } from '../brand.ts';
import type { Medium } from '../contact/schema.ts';
import type { Actor, Person } from '../incident/event.ts';
import type { PageTo, PinnedChain } from './chain.ts';

/** Why somebody is paged: what has to be the case for the page to go on. */
export type PageWhy = 'asked' | 'run-started' | 'approval' | 'unknown-step' | 'trigger' | 'override' | 'severity';
export type PageSeverity = 'critical' | 'error' | 'warning' | 'info';

/** What a page is about; all null where it is about nothing that Rollbot knows. */
export type PageAbout = {
  readonly incident: StreamId | null;
  readonly run: RunId | null;
  readonly step: StepId | null;
  readonly attempt: number | null;
};

/** What is wanted of whom, and why: it never changes once the page is open, unless more is wanted. */
export type PageOrder = {
  readonly page: string;
  readonly to: PageTo;
  readonly why: PageWhy;
  /** One line: what is the matter, and what is wanted. */
  readonly summary: string;
  readonly details: string;
  readonly severity: PageSeverity;
  readonly by: Actor;
  readonly about: PageAbout;
  readonly drill: boolean;
  /** How long it waits before it calls anybody. */
  readonly delayMs: number;
  /** Whose doing it is about: they are not called, and can't answer it. */
  readonly notBy?: PersonId;
  /** How much it wants of people, where the same page may want more later; 0 where it is left out. */
  readonly rank?: number;
};

/** Who says that they have it: somebody in Slack, or a contact who followed a link. */
export type Answerer = { readonly name: string; readonly person: PersonId | null; readonly contact: string | null };
export type AnsweredBy = 'button' | 'command' | 'link';
export type ClosedHow = 'reason-gone' | 'by-person' | 'gave-up' | 'had-by-others' | 'rested';

export type PageState =
  | { readonly status: 'none' }
  | (Page & { readonly status: 'open' | 'acknowledged' })
  | (Page & {
      readonly status: 'closed';
      readonly closed: { readonly how: ClosedHow; readonly says: string; readonly by: Actor; readonly at: Instant };
    });

/** A page that has been opened, whatever has become of it. */
export type OpenedPage = Exclude<PageState, { status: 'none' }>;

export type Page = PageOrder & {
  readonly openedAt: Instant;
  /** Stands on its buttons; null until its chain is known. */
  readonly token: TokenId | null;
  readonly chain: PinnedChain | null;
  /** The last stage that began. */
  readonly stage: Stage | null;
  /** All stages that called somebody, oldest first; only the last ones are kept. */
  readonly stages: readonly Stage[];
  readonly deliveries: readonly PageDelivery[];
  /** Everybody who was called so far. */
  readonly called: readonly Called[];
  readonly silentAt: Instant | null;
  /** `until`: when it counts no longer; null where it counts for ever. */
  readonly acknowledged: {
    readonly by: Answerer;
    readonly how: AnsweredBy;
    readonly at: Instant;
    readonly until: Instant | null;
  } | null;
  /** Whose answers count no longer, oldest first; `done`: they have done their part. */
  readonly lapsed: readonly { readonly by: Answerer; readonly at: Instant; readonly done?: true }[];
  /** Since when people are called from the beginning because more is wanted, and the first stage of that. */
  readonly renewed: { readonly stage: number; readonly at: Instant } | null;
  readonly lastAt: Instant;
};

export type Called = { readonly contact: string; readonly name: string; readonly person: PersonId | null };

export type Stage = {
  readonly number: number;
  readonly kind: 'rung' | 'everybody' | 'reminder';
  readonly round: number;
  readonly people: readonly Called[];
  /** Why nobody, or not everybody, could be called. */
  readonly says: string | null;
  readonly beganAt: Instant;
  readonly endsAt: Instant;
  readonly escalated: { readonly by: Person; readonly at: Instant } | null;
};

/** One contact, one medium, one stage: what names a delivery. */
export type DeliveryKey = { readonly stage: number; readonly contact: string; readonly medium: Medium };

export type PageDelivery = DeliveryKey & {
  readonly name: string;
  /** 1 from the first intent on. */
  readonly attempt: number;
  readonly state: DeliveryState;
  /** What the medium was told about the end of the page. */
  readonly settled: {
    readonly as: 'acknowledged' | 'resolved';
    readonly done: boolean;
    readonly tries: number;
    readonly at: Instant;
  } | null;
};

export type DeliveryState =
  | { readonly status: 'owed'; readonly since: Instant }
  | { readonly status: 'intended'; readonly executor: string; readonly at: Instant }
  | { readonly status: 'sent' | 'delivered'; readonly says: string; readonly at: Instant }
  /** `againAt`: when it is sent once more; null where that is of no use. */
  | { readonly status: 'failed' | 'unknown'; readonly says: string; readonly at: Instant; readonly againAt: Instant | null };

/** The media that want to know how a page ended. */
const SETTLING: readonly Medium[] = ['pagerduty'];

/** Whether a medium may have taken it that keeps it open until it is told of the end. */
export function isOpenElsewhere(delivery: PageDelivery): delivery is PageDelivery & { readonly state: { readonly at: Instant } } {
  const { medium, state } = delivery;
  return SETTLING.includes(medium) && (state.status === 'sent' || state.status === 'delivered' || state.status === 'unknown');
}

/** Who had a page while this was its last stage, and did not do what was wanted. */
export function lapsedIn({ lapsed, stages }: Pick<Page, 'lapsed' | 'stages'>, { beganAt }: Stage): Page['lapsed'][number] | undefined {
  return lapsed.find(({ at }) => at >= beganAt && !stages.some((later) => later.beganAt > beganAt && later.beganAt <= at));
}

/** The delivery with this key. */
export function deliveryOf({ deliveries }: Pick<Page, 'deliveries'>, { stage, contact, medium }: DeliveryKey): PageDelivery | undefined {
  return deliveries.find((each) => each.stage === stage && each.contact === contact && each.medium === medium);
}

/** Names the same message for media that know duplicates. */
export function messageKey(page: string, { stage, contact, medium }: DeliveryKey): string {
  return `${page}:${stage}:${contact}:${medium}`;
}

/** Names the stream of a page. */
export function streamOf(page: string): StreamId<'page'> {
  return `page/${page}` as StreamId<'page'>;
}
