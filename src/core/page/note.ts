import type { Instant, StreamId } from '../brand.ts';
import { sayList } from '../procedure/nearest.ts';
import type { Medium } from '../contact/schema.ts';
import type { AnyChange } from '../kinds.ts';
import type { PageTo } from './chain.ts';
import type { PageFact } from './event.ts';
import { deliveryOf } from './state.ts';
import type { AnsweredBy, OpenedPage, PageAbout, PageState, PageWhy } from './state.ts';

/** What the journal of an incident keeps of a page that is about it. */
export type PageNote =
  | {
      readonly is: 'opened';
      readonly to: PageTo;
      readonly why: PageWhy;
      readonly summary: string;
      readonly about: PageAbout;
      /** It calls nobody yet, and may never. */
      readonly later?: true;
    }
  | {
      readonly is: 'called';
      readonly people: readonly { readonly name: string; readonly media: readonly Medium[] }[];
      readonly says: string | null;
    }
  | { readonly is: 'failed'; readonly name: string; readonly medium: Medium; readonly says: string }
  | { readonly is: 'escalated'; readonly by: string }
  | { readonly is: 'silent' }
  | { readonly is: 'acknowledged'; readonly by: string; readonly how: AnsweredBy }
  /** `done`: they have done their part, and others are wanted. */
  | { readonly is: 'lapsed'; readonly by: string; readonly done?: true }
  /** People are called from the beginning, because more is wanted. */
  | { readonly is: 'renewed'; readonly says: string }
  | { readonly is: 'closed'; readonly says: string };

/** A page as its incident knows it. */
export type NotedPage = {
  readonly page: string;
  readonly to: PageTo;
  readonly why: PageWhy;
  readonly summary: string;
  readonly about: PageAbout;
  readonly openedAt: Instant;
  /** When the first of them was called. */
  readonly calledAt: Instant | null;
  readonly acknowledged: { readonly by: string; readonly at: Instant } | null;
  readonly silentAt: Instant | null;
  readonly closedAt: Instant | null;
};

/** What happens to a page is noted in the incident that it is about, so that the timeline and the report tell it. */
export function notedAfter(state: PageState, facts: readonly PageFact[]): readonly AnyChange[] {
  if (state.status === 'none' || state.about.incident === null) return [];
  const { page } = state;
  const stream: StreamId = state.about.incident;
  const notes = facts.flatMap((fact): readonly Told[] =>
    fact.type === 'page-linked' ? soFar(state) : noteOf(state, fact).map((note) => ({ note })),
  );
  return notes.length === 0 ? [] : [{ stream, commands: notes.map((told) => ({ kind: 'note-page', page, ...told })) }];
}

type Told = { readonly note: PageNote; readonly since?: Instant };

/** What has happened to a page before it was about an incident, each at its own time. */
function soFar(state: OpenedPage): readonly Told[] {
  const { to, why, summary, about, openedAt, stages, deliveries, silentAt, acknowledged } = state;
  return [
    { note: { is: 'opened', to, why, summary, about }, since: openedAt },
    ...stages.map(({ number, people, says, beganAt }): Told => {
      const mediaOf = (contact: string): readonly Medium[] =>
        deliveries.flatMap((each) => (each.stage === number && each.contact === contact ? [each.medium] : []));
      return {
        note: { is: 'called', people: people.map(({ name, contact }) => ({ name, media: mediaOf(contact) })), says },
        since: beganAt,
      };
    }),
    ...(silentAt === null ? [] : [{ note: { is: 'silent' }, since: silentAt } as const]),
    ...(acknowledged
      ? [{ note: { is: 'acknowledged', by: acknowledged.by.name, how: acknowledged.how }, since: acknowledged.at } as const]
      : []),
  ];
}

/** Folds a note into what an incident knows of its pages. */
export function withNote(
  pages: readonly NotedPage[],
  { page, note, at: notedAt, since }: { readonly page: string; readonly note: PageNote; readonly at: Instant; readonly since?: Instant },
): readonly NotedPage[] {
  const at = since ?? notedAt;
  if (note.is === 'opened') {
    const { to, why, summary, about } = note;
    const fresh = { page, to, why, summary, about, openedAt: at, calledAt: null, acknowledged: null, silentAt: null, closedAt: null };
    return pages.some((each) => each.page === page) ? pages : [...pages, fresh];
  }
  return pages.map((each) => (each.page === page ? { ...each, ...changed(each, note, at) } : each));
}

/** What a note means to a person, in one sentence; null for what only the machine cares about. */
export function sayNote(note: PageNote): string | null {
  switch (note.is) {
    case 'opened':
      return note.later ? null : `Paged ${sayTo(note.to)}: ${note.summary}`;
    case 'called': {
      const people = note.people.map(({ name, media }) => `${name} (${media.length === 0 ? 'no way to reach them' : media.join(', ')})`);
      return [people.length === 0 ? 'The page could call nobody.' : `Called ${people.join(', ')}`, ...(note.says ? [note.says] : [])].join(
        '. ',
      );
    }
    case 'failed':
      return `${note.name} was not reached by ${note.medium}: ${note.says}`;
    case 'escalated':
      return `${note.by} had the next ones called without waiting`;
    case 'silent':
      return 'Everybody was called, and nobody has answered the page';
    case 'acknowledged':
      return `${note.by} answered the page (${HOW[note.how]})`;
    case 'lapsed':
      return note.done
        ? `${note.by} answered the page and has done their part: the next ones are called`
        : `${note.by} answered the page, and nothing came of it: the next ones are called`;
    case 'renewed':
      return `More is wanted than before, so people are called again: ${note.says}`;
    case 'closed':
      return null;
    default:
      return note satisfies never;
  }
}

/** Whom a page is for, in a few words. */
export function sayTo({ roles, contacts }: PageTo): string {
  return sayList([...roles, ...contacts], 'and');
}

const HOW = { button: 'by button', command: 'by command', link: 'by link' } as const;

/** What people are told of a fact; nothing where only the machine cares about it. */
export function noteOf(state: OpenedPage, fact: PageFact): readonly PageNote[] {
  const { to, why, summary, about, delayMs } = state;
  const opened = { is: 'opened', to, why, summary, about } as const;
  switch (fact.type) {
    case 'page-opened':
      return [{ ...opened, ...(delayMs > 0 && { later: true }) }];
    case 'stage-began':
      return [
        ...(fact.stage === 0 && delayMs > 0 ? [opened] : []),
        { is: 'called', people: fact.people.map(({ name, media }) => ({ name, media })), says: fact.says },
      ];
    case 'delivery-noted': {
      const { medium, says, attempt, status } = fact;
      // Once is enough: what is tried again is the same failure.
      if (status !== 'failed' || attempt > 1) return [];
      return [{ is: 'failed', name: deliveryOf(state, fact)?.name ?? fact.contact, medium, says }];
    }
    case 'stage-escalated':
      return [{ is: 'escalated', by: fact.by.name }];
    case 'page-silent':
      return [{ is: 'silent' }];
    case 'page-acknowledged':
      return [{ is: 'acknowledged', by: fact.by.name, how: fact.how }];
    case 'answer-lapsed':
      return [{ is: 'lapsed', by: state.lapsed.at(-1)?.by.name ?? 'Somebody', ...(fact.done && { done: true }) }];
    case 'page-renewed':
      return fact.calls ? [{ is: 'renewed', says: fact.details }] : [];
    case 'page-closed':
      return [{ is: 'closed', says: fact.says }];
    case 'chain-pinned':
    case 'delivery-intended':
    case 'delivery-settled':
    case 'page-linked':
      return [];
    default:
      return fact satisfies never;
  }
}

function changed(page: NotedPage, note: Exclude<PageNote, { is: 'opened' }>, at: Instant): Partial<NotedPage> {
  switch (note.is) {
    case 'called':
      return page.calledAt === null && note.people.length > 0 ? { calledAt: at } : {};
    case 'silent':
      return { silentAt: at };
    case 'acknowledged':
      return { acknowledged: { by: note.by, at } };
    case 'closed':
      return { closedAt: at };
    case 'renewed':
      return { acknowledged: null, silentAt: null, closedAt: null };
    case 'failed':
    case 'escalated':
    case 'lapsed':
      return {};
    default:
      return note satisfies never;
  }
}
