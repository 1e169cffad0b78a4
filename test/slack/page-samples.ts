import type { PersonId } from '../../src/core/brand.ts';
import type { PageCommand } from '../../src/core/page/command.ts';
import type { Delivery, PageAnswer, Pages } from '../../src/core/page/port.ts';
import type { PageOrder, Stage } from '../../src/core/page/state.ts';
import { pageCard, pageDirectCard, pagePing, pagesCard, pageWord } from '../../src/slack/cards/page-card.ts';
import { pageHelpCard } from '../../src/slack/cards/replies.ts';
import { ARRIVES, chain, DBA, LEADS, MINUTE, openWalk, order, rung } from '../core/page/walk.ts';
import type { Send } from '../core/page/walk.ts';

const refused: PageAnswer = { status: 'refused', says: 'There are no pages here.' };

/** Pages where nobody is paged. */
export const NO_PAGES: Pages = {
  page: async () => await Promise.resolve(refused),
  acknowledge: async () => await Promise.resolve(refused),
  acknowledgeByLink: async () => await Promise.resolve(refused),
  escalate: async () => await Promise.resolve(refused),
  end: async () => await Promise.resolve(refused),
  list: async () => await Promise.resolve([]),
  all: async () => await Promise.resolve([]),
  onChange: () => () => undefined,
};

const answer = (name: string, holdsMs: number | null = null): PageCommand => ({
  kind: 'acknowledge',
  by: { name, person: `U-${name}` as PersonId, contact: null },
  roles: [DBA],
  commanders: [],
  how: 'button',
  holdsMs,
});

/** A restore is needed: mina's mail is refused, she stays silent, and omar is called. */
function restore(asked: Partial<PageOrder> = {}): ReturnType<typeof openWalk> {
  const refusedMail: Delivery = { status: 'failed', says: 'The mail server refused <mina@pitchey.example>: no such mailbox.', final: true };
  const send: Send = (at, attempt) => (at.medium === 'email' ? refusedMail : ARRIVES(at, attempt));
  const page = openWalk(chain([rung(5), rung(5), rung(5, { roles: [LEADS], contacts: [] })]), { send, asked: { ...order, ...asked } });
  page.pass(5 * MINUTE);
  return page;
}

const waiting = restore();
const silent = restore();
silent.pass(20 * MINUTE);
const answered = restore();
answered.say(answer('omar'));
const over = restore();
over.say(answer('omar'));
over.say({ kind: 'close-page', how: 'reason-gone', says: 'The run is over: verified.', by: { kind: 'rollbot' } });
const drill = restore({ drill: true, summary: 'Cache rollback on staging has begun', why: 'run-started' });
const inVain = restore({ summary: 'An approval is waited for: Deploy', why: 'approval' });
inVain.say(answer('mina', 5 * MINUTE));
const heldFor = pageCard(inVain.state, 'C0INCIDENT');
inVain.pass(5 * MINUTE);
const passedOn = restore({ summary: 'An approval is waited for: Deploy', why: 'approval' });
passedOn.say(answer('mina', 5 * MINUTE));
passedOn.say({ kind: 'pass-on', person: 'U-mina' as PersonId });
passedOn.pass(0);
const renewed = restore({ summary: 'Error rate above 10 % on production', why: 'trigger', rank: 1 });
renewed.say(answer('mina'));
renewed.say({ kind: 'open-page', ...order, details: 'cache starts by itself unless somebody objects.', severity: 'critical', rank: 3 });
const beginsAnew = pageCard(renewed.state, 'C0INCIDENT');
renewed.pass(0);
const hostile = restore({ summary: '<!channel> & *all* `of` <@U001DANA>'.repeat(20), details: '&<>'.repeat(500) });
const unknown = openWalk(chain([rung(5)]), { send: () => ({ status: 'unknown', says: 'The answer was lost.' }) });

const lastStage = (page: typeof waiting): Stage => page.state.stage ?? raise();
function raise(): never {
  throw new Error('No stage has begun.');
}

/** Pages as they stand, by what has happened to them. */
export const PAGES_AS_THEY_STAND = [waiting, silent, answered, inVain, over, drill, unknown].map(({ state }) => state);

/** Everything that people read about pages. */
export const PAGE_CARDS = {
  'page-waiting': pageCard(waiting.state, 'C0INCIDENT'),
  'page-silent': pageCard(silent.state, null),
  'page-answered': pageCard(answered.state, 'C0INCIDENT'),
  'page-held-for': heldFor,
  'page-in-vain': pageCard(inVain.state, 'C0INCIDENT'),
  'page-passed-on': pageCard(passedOn.state, 'C0INCIDENT'),
  'page-begins-anew': beginsAnew,
  'page-renewed': pageCard(renewed.state, 'C0INCIDENT'),
  'page-over': pageCard(over.state, 'C0INCIDENT'),
  'page-drill': pageCard(drill.state, null),
  'page-hostile': pageCard(hostile.state, null),
  'page-unknown': pageCard(unknown.state, null),
  'page-direct': pageDirectCard(waiting.state, 'C0INCIDENT'),
  'page-direct-answered': pageDirectCard(answered.state, 'C0INCIDENT'),
  'page-ping': pagePing(waiting.state, lastStage(waiting)),
  'page-word-answered': pageWord(answered.state) ?? raise(),
  'page-word-silent': pageWord(silent.state) ?? raise(),
  'reply-pages': pagesCard([waiting.state, answered.state]),
  'reply-no-pages': pagesCard([]),
  'reply-page-help': pageHelpCard(),
};
