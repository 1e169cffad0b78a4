import type { TokenId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { PageAnswer, Pages, WhichPage } from '../../core/page/port.ts';
import { ACTIONS, COMMANDS } from '../actions.ts';
import { pagesCard } from '../cards/page-card.ts';
import { pageHelpCard, sentence } from '../cards/replies.ts';
import type { Desk, Entry, Visit } from './entry.ts';

/** `/page`: calls somebody, or answers a page. */
export const PAGE: Entry = {
  kind: 'command',
  id: COMMANDS.page,
  // Calling people twice because the bot was started again would be worse than asking once more.
  resume: 'give-back',
  handle: async (visit, desk) => {
    const { pages } = desk;
    const { acting } = visit;
    const [word = '', ...rest] = visit.incoming.text.split(/\s+/);
    const id = rest[0];
    const which: WhichPage = id === undefined ? { mine: true } : { page: id };
    switch (word.toLowerCase()) {
      case '':
      case 'help':
      case '?':
        return await visit.tell(pageHelpCard());
      case 'list':
        return await visit.tell(pagesCard(await pages.list()));
      case 'ack':
        return await answer(visit, await pages.acknowledge(which, acting, 'command'));
      case 'escalate':
        return await answer(visit, await pages.escalate(which, acting));
      case 'done':
        return await answer(visit, await pages.end(which, acting));
      default:
        return await page(visit, desk, word, unquoted(rest.join(' ')));
    }
  },
};

/** The buttons of a page, wherever they stand. Doing one again after a crash is harmless: the rules know. */
export const PAGE_BUTTONS: readonly Entry[] = [
  pageButton(ACTIONS.pageAck, async (pages, token, acting) => await pages.acknowledge({ token }, acting, 'button')),
  pageButton(ACTIONS.pageEscalate, async (pages, token, acting) => await pages.escalate({ token }, acting)),
  pageButton(ACTIONS.pageEnd, async (pages, token, acting) => await pages.end({ token }, acting)),
];

function pageButton(id: string, act: (pages: Pages, token: TokenId, acting: Acting) => Promise<PageAnswer>): Entry {
  return {
    kind: 'action',
    id,
    resume: 'again',
    handle: async (visit, desk) => await answer(visit, await act(desk.pages, visit.incoming.text as TokenId, visit.acting)),
  };
}

async function page(visit: Visit, { pages, vendors, store, catalog }: Desk, to: string, summary: string): Promise<void> {
  await catalog.refresh();
  const { channel } = visit.incoming;
  const incident = channel === null ? null : await store.streamOf({ channel });
  // Nobody outside can be called by us: it becomes a task of ours to ask them.
  if (vendors.has(to)) return await visit.tell(sentence((await vendors.ask({ vendor: to, why: summary, incident, ...visit.acting })).says));
  await answer(visit, await pages.page({ to, summary, incident, ...visit.acting }));
}

async function answer(visit: Visit, { says }: PageAnswer): Promise<void> {
  await visit.tell(sentence(says));
}

/** People write what is wanted in quotes, as the help shows it. */
function unquoted(text: string): string {
  return /^["“'](.*)["”']$/s.exec(text.trim())?.[1]?.trim() ?? text.trim();
}
