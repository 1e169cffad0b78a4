import type { TokenId } from '../../core/brand.ts';
import { overrideRuleOf } from '../../core/terminal/break-glass.ts';
import { sharedRoles } from '../../core/incident/find.ts';
import { waitingOf } from '../../core/incident/waiting.ts';
import type { Waiting } from '../../core/incident/waiting.ts';
import { ACTIONS, VIEWS } from '../actions.ts';
import { sayAction } from '../cards/action-text.ts';
import { breakGlassView } from '../cards/break-glass-form.ts';
import { refusalView } from '../cards/forms.ts';
import { sentence } from '../cards/replies.ts';
import { actByToken } from './acting.ts';
import type { Desk, Entry, Visit } from './entry.ts';

const TITLE = 'Break glass';

/** The way past an approval: a form in which the target's name is typed and a reason is given. */
const OPEN: Entry = {
  kind: 'action',
  id: ACTIONS.breakGlass,
  resume: 'give-back',
  opens: () => TITLE,
  handle: async (visit, desk) => {
    if (visit.viewId === null)
      return await visit.tell(sentence('Slack did not open the form. Close it if you see it, and press *Break glass…* again.'));
    await desk.web.call('views.update', { view_id: visit.viewId, view: await formFor(visit, desk) });
  },
};

const FORM: Entry = {
  kind: 'view',
  id: VIEWS.breakGlass,
  resume: 'again',
  examine({ view }) {
    const typed = textIn(view?.values, 'target');
    const wanted = view?.note.target ?? '';
    const mistakes = {
      ...(typed === wanted ? {} : { target: `Type ${wanted}, letter by letter.` }),
      ...(textIn(view?.values, 'reason') === '' ? { reason: 'Say why it can not wait. It stands in the report, in red.' } : {}),
    };
    return Object.keys(mistakes).length > 0 ? mistakes : null;
  },
  handle: async (visit, desk) => {
    const { view } = visit.incoming;
    const token = (view?.note.token ?? '') as TokenId;
    const said = { target: textIn(view?.values, 'target'), reason: textIn(view?.values, 'reason') };
    await actByToken(visit, desk, { kind: 'override', token, ...said, rule: overrideRuleOf(desk.catalog.settings()), ...visit.acting });
  },
};

export const BREAK_GLASS: readonly Entry[] = [OPEN, FORM];

async function formFor({ incoming, acting }: Visit, desk: Desk): Promise<ReturnType<typeof breakGlassView>> {
  const rule = overrideRuleOf(desk.catalog.settings());
  if (!rule) return refusalView(TITLE, 'There is no way past an approval here: rollbot.yml has no break-glass.');
  if (sharedRoles(acting.roles, rule.roles).length === 0)
    return refusalView(TITLE, `You are not in a role that may go on without an approval. It needs ${rule.roles.join(' or ')}.`);
  const token = incoming.text as TokenId;
  const waiting = await findWaiting(desk, token);
  if (waiting?.kind !== 'approval') return refusalView(TITLE, 'This is no longer asked, so there is nothing to override.');
  const { channel, responseUrl } = incoming;
  const target = waiting.run.target.name;
  return breakGlassView({
    target,
    tells: rule.tells,
    what: `This would run: ${sayAction(waiting.approval.action)}`,
    note: { channel, responseUrl, token, target },
  });
}

async function findWaiting({ store }: Desk, token: TokenId): Promise<Waiting | undefined> {
  const stream = await store.streamOf({ token });
  if (stream === null) return undefined;
  const { state } = await store.load(stream);
  return waitingOf(state).find((waiting) => waiting.token === token);
}

function textIn(values: Readonly<Record<string, readonly string[]>> | undefined, name: string): string {
  return values?.[name]?.[0]?.trim() ?? '';
}
