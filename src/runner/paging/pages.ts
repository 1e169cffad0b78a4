import type { RoleId, StreamId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import { said } from '../../core/incident/said.ts';
import { sayDuration } from '../../core/duration.ts';
import { isOfKind } from '../../core/kinds.ts';
import { addressed } from '../../core/page/chain.ts';
import type { PageCommand } from '../../core/page/command.ts';
import { holdsFor } from '../../core/page/patience.ts';
import { sayTo } from '../../core/page/note.ts';
import type { PageAnswer, Pages, WhichPage } from '../../core/page/port.ts';
import { refuse } from '../../core/page/refusal.ts';
import { streamOf } from '../../core/page/state.ts';
import type { OpenedPage, Page } from '../../core/page/state.ts';
import type { OnCall } from '../../core/contact/port.ts';
import { nearest, sayList } from '../../core/procedure/nearest.ts';
import type { Catalog, Clock, Ids, Store } from '../../core/ports.ts';
import { commandersOf } from '../../core/settings.ts';
import type { Journal } from '../journal.ts';
import { readable } from '../readable.ts';

export type PagesParts = {
  readonly journal: Journal;
  readonly store: Store;
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly onCall: Pick<OnCall, 'contact'>;
  readonly clock: Clock;
  readonly ids: Ids;
};

type OpenPagesParts = { readonly store: Pick<Store, 'streams'>; readonly journal: Pick<Store, 'load'> };
type Answer = Omit<Extract<PageCommand, { kind: 'acknowledge' }>, 'kind' | 'holdsMs'>;

const LONGEST_SUMMARY = 300;
const MOST_LISTED = 50;

/** What people can do about pages. Who may is for the rules to say. */
export function createPages(parts: PagesParts): Pages {
  const { journal, catalog } = parts;
  const commanders = (): readonly RoleId[] => commandersOf(catalog.settings());
  return {
    page: async (asked) => await open(parts, asked),
    async acknowledge(which, acting, how) {
      const found = await find(parts, which, acting);
      if ('refused' in found) return { status: 'refused', says: found.refused };
      const by = { name: acting.by.name, person: acting.by.id, contact: null };
      return await acknowledge(parts, found.stream, { by, roles: acting.roles, commanders: commanders(), how });
    },
    async acknowledgeByLink(page, contact) {
      const who = parts.onCall.contact(contact, parts.clock.now());
      const by = { name: who?.name ?? contact, person: who?.person ?? null, contact };
      return await acknowledge(parts, streamOf(page), { by, roles: [], commanders: [], how: 'link' });
    },
    escalate: async (which, acting) =>
      await tell(parts, which, acting, { kind: 'escalate', commanders: commanders(), ...acting }, 'The next ones are being called.'),
    end: async (which, acting) =>
      await tell(parts, which, acting, { kind: 'end-page', commanders: commanders(), ...acting }, 'The page is over.'),
    list: async () => await openPages(parts, MOST_LISTED),
    all: async () => await openPages(parts),
    onChange: (listener) =>
      journal.onChange((stream) => {
        if (isOfKind(stream, 'page')) listener(stream);
      }),
  };
}

/** Takes an answer for as long as it counts, and says so to who gives it. */
async function acknowledge(parts: PagesParts, stream: StreamId<'page'>, answer: Answer): Promise<PageAnswer> {
  const { journal, catalog, clock } = parts;
  const { state } = await journal.load(stream);
  const incident = state.status === 'none' || state.about.incident === null ? null : (await journal.load(state.about.incident)).state;
  const holdsMs = state.status === 'none' || incident === null ? null : holdsFor(state, incident, catalog.settings(), clock.now());
  const lapses = holdsMs === null ? '' : ` Decide within ${sayDuration(holdsMs)}, or the next ones are called.`;
  const seen = answer.how === 'link' ? '' : ' Everybody who was called can see that.';
  return await apply(parts, stream, { kind: 'acknowledge', ...answer, holdsMs }, `You have it.${seen}${lapses}`);
}

async function open(parts: PagesParts, { to: name, summary, incident, by, roles }: Parameters<Pages['page']>[0]): Promise<PageAnswer> {
  const { journal, catalog, ids } = parts;
  const settings = catalog.settings();
  if (roles.length === 0)
    return { status: 'refused', says: 'Only those who hold a role in rollbot.yml can page somebody. Ask one of them.' };
  const to = addressed(settings, [name]);
  if (to.roles.length + to.contacts.length === 0)
    return { status: 'refused', says: sayUnknown(Object.keys(settings.roles), settings.contacts ?? {}, name) };
  if (summary === '') return { status: 'refused', says: `Say what is wanted: \`/page ${name} restore needed\`.` };
  const page = ids.short();
  const state = incident === null ? null : (await journal.load(incident)).state;
  const applied = await journal.apply(streamOf(page), {
    kind: 'open-page',
    page,
    to,
    why: 'asked',
    summary: said(summary, LONGEST_SUMMARY),
    details: `Asked by ${by.name}.`,
    severity: 'error',
    by,
    about: { incident: state?.status === 'open' ? incident : null, run: null, step: null, attempt: null },
    drill: state !== null && state.status !== 'none' && state.drill,
    delayMs: 0,
  });
  if (applied.status !== 'done') return { status: 'refused', says: 'The page could not be written. Try again.' };
  return { status: 'done', says: `Paging ${sayTo(to)} (page ${page}).`, stream: streamOf(page) };
}

function sayUnknown(roles: readonly string[], contacts: Readonly<Record<string, unknown>>, name: string): string {
  const known = [...roles, ...Object.keys(contacts)];
  const near = nearest(name, known);
  return `Nobody is called “${name}” in rollbot.yml. ${near.length > 0 ? `Did you mean ${sayList(near)}?` : `There are ${sayList(known, 'and')}.`}`;
}

async function tell(parts: PagesParts, which: WhichPage, acting: Acting, command: PageCommand, says: string): Promise<PageAnswer> {
  const found = await find(parts, which, acting);
  return 'refused' in found ? { status: 'refused', says: found.refused } : await apply(parts, found.stream, command, says);
}

async function apply({ journal }: PagesParts, stream: StreamId<'page'>, command: PageCommand, says: string): Promise<PageAnswer> {
  const applied = await journal.apply(stream, command);
  if (applied.status === 'done') return { status: 'done', says, stream };
  return { status: 'refused', says: applied.status === 'refused' ? applied.refusal.says : `${applied.key} is held.` };
}

async function find(
  parts: PagesParts,
  which: WhichPage,
  acting: Acting,
): Promise<{ readonly stream: StreamId<'page'> } | { readonly refused: string }> {
  if ('page' in which) return { stream: streamOf(which.page) };
  if ('token' in which) {
    const stream: StreamId<string> | null = await parts.store.streamOf({ token: which.token });
    return stream !== null && isOfKind(stream, 'page') ? { stream } : { refused: refuse('no-such-page').says };
  }
  const mine = (await openPages(parts)).filter((page) => page.acknowledged === null && isFor(page, acting));
  const [only, ...more] = mine;
  if (!only) return { refused: 'No page waits for you. `/page list` shows those that are open.' };
  if (more.length === 0) return { stream: streamOf(only.page) };
  return {
    refused: `Several pages wait for you: say which, such as \`/page ack ${only.page}\`. There are ${sayList(
      mine.map(({ page }) => page),
      'and',
    )}.`,
  };
}

function isFor(page: Page, { by, roles }: Acting): boolean {
  return page.called.some(({ person }) => person === by.id) || page.to.roles.some((role) => roles.includes(role));
}

/** The pages that are not over, newest first, all of them where no limit is given; one whose journal is broken hides no other. */
export async function openPages({ store, journal }: OpenPagesParts, limit?: number): Promise<readonly OpenedPage[]> {
  const streams = await store.streams({ kind: 'page', ...(limit !== undefined && { limit }) });
  const states = await Promise.all(streams.map(async (stream) => await readable(journal, stream)));
  return states.flatMap((state) => (state === null || state.status === 'none' ? [] : [state]));
}
