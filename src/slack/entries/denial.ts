import type { TokenId } from '../../core/brand.ts';
import { asksOf } from '../asks.ts';
import type { Ask } from '../asks.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import { sayAction } from '../cards/action-text.ts';
import { denyView, refusalView } from '../cards/forms.ts';
import { sentence } from '../cards/replies.ts';
import { actByToken } from './acting.ts';
import type { Desk, Entry, Visit } from './entry.ts';

const TITLE = 'Deny';

/** *Deny* asks for a reason first, because everybody will want to know it. */
const DENY: Entry = {
  kind: 'action',
  id: ACTIONS.deny,
  resume: 'give-back',
  opens: () => TITLE,
  handle: async (visit, desk) => {
    if (visit.viewId === null)
      return await visit.tell(sentence('Slack did not open the form. Close it if you see it, and press *Deny* again.'));
    const view = await formFor(visit, desk);
    await desk.web.call('views.update', { view_id: visit.viewId, view });
  },
};

const DENY_FORM: Entry = {
  kind: 'view',
  id: VIEWS.deny,
  resume: 'again',
  examine: ({ view }) => (reasonIn(view?.values) === null ? { reason: 'Say why, in a few words.' } : null),
  handle: async (visit, desk) => {
    const { view } = visit.incoming;
    const token = (view?.note.token ?? '') as TokenId;
    await actByToken(visit, desk, { kind: 'deny', token, reason: reasonIn(view?.values) ?? '', ...visit.acting });
  },
};

export const DENIAL: readonly Entry[] = [DENY, DENY_FORM];

async function formFor({ incoming }: Visit, desk: Desk): Promise<ReturnType<typeof denyView>> {
  const token = incoming.text as TokenId;
  const ask = await findAsk(desk, token);
  if (ask?.kind !== 'approval') return refusalView(TITLE, 'This is no longer asked, so there is nothing to deny.');
  if (ask.decided)
    return refusalView(
      TITLE,
      `This is decided already: ${ask.decided.by.kind === 'person' ? ask.decided.by.name : 'Rollbot'} ${ask.decided.did}.`,
    );
  const { channel, responseUrl } = incoming;
  return denyView(`This would run: ${sayAction(ask.approval.action)}`, { channel, responseUrl, token });
}

async function findAsk({ store }: Desk, token: TokenId): Promise<Ask | undefined> {
  const stream = await store.streamOf({ token });
  if (stream === null) return undefined;
  const events = await store.events(stream);
  return asksOf(events.map(({ event }) => event)).find((ask) => ask.token === token);
}

function reasonIn(values: Readonly<Record<string, readonly string[]>> | undefined): string | null {
  return values?.['reason']?.[0]?.trim() || null;
}
