import { messageKey } from '../../core/page/state.ts';
import type { PageState } from '../../core/page/state.ts';
import { pageCard, pageDirectCard, pagePing, pageWord } from '../cards/page-card.ts';
import type { LiveMessage } from '../live.ts';

type Shown = Exclude<PageState, { status: 'none' }>;
type Places = { readonly channel: string | null; readonly incident: string | null };

/** The messages of a page: one card, a ping below it for each stage, and what stands in people's direct messages. */
export function messagesOfPage(page: Shown, { channel, incident }: Places): readonly LiveMessage[] {
  const key = `page:${page.page}`;
  // Before it has called anybody there is nothing to see, and it may never come to that.
  const began = page.stage !== null;
  // What was asked for in a terminal may be over before Slack was there to be told.
  const told = page.by.kind === 'person' && page.by.via === 'terminal';
  const head: LiveMessage = {
    key,
    body: { card: pageCard(page, incident) },
    priority: 'page',
    onlyEdit: !began || (page.status === 'closed' && !told),
  };
  return [...directs(page, incident), ...(channel === null ? [] : [head, ...pings(page, key), ...words(page, key)])];
}

/** The name of somebody's direct message among the messages of a page. */
export function directKey(key: string): string {
  return `direct:${key}`;
}

function directs(page: Shown, incident: string | null): readonly LiveMessage[] {
  return page.deliveries.flatMap((delivery): readonly LiveMessage[] => {
    if (delivery.medium !== 'slack' || delivery.state.status === 'owed') return [];
    const key = directKey(messageKey(page.page, delivery));
    return [{ key, body: { card: pageDirectCard(page, incident) }, priority: 'page', onlyEdit: true, postedElsewhere: true }];
  });
}

function pings(page: Shown, below: string): readonly LiveMessage[] {
  return page.stages
    .filter(({ people }) => people.some(({ person }) => person !== null))
    .map((stage) => {
      const over = page.status !== 'open' || stage.number !== page.stage?.number;
      return { key: `ping:${stage.number}`, body: { card: pagePing(page, stage) }, priority: 'page', onlyEdit: over, below };
    });
}

function words(page: Shown, below: string): readonly LiveMessage[] {
  const card = pageWord(page);
  // Who has it after somebody else had it in vain is news, and an edit notifies nobody.
  const again = page.lapsed.length === 0 ? '' : `:${page.lapsed.length + 1}`;
  const key = page.acknowledged ? `word:answered${again}` : 'word:silent';
  return card ? [{ key, body: { card }, priority: 'page', onlyEdit: page.status === 'closed', below }] : [];
}
