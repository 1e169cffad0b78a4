import type { TokenId } from '../../core/brand.ts';
import type { Acting } from '../../core/incident/command.ts';
import type { OrderMistake, StartOrder } from '../../core/ports.ts';
import { ACTIONS, SHORTCUTS, VIEWS } from '../actions.ts';
import { paramBlock, startForm } from '../cards/start-form.ts';
import { sentence } from '../cards/replies.ts';
import type { Incoming } from '../incoming.ts';
import type { Desk, Entry, FormMistakes, Visit } from './entry.ts';
import { carryOut } from './ordering.ts';

export const START_TITLE = 'Roll back';

/** Puts the form for a start into the window that was opened for it. */
export async function fillStartForm({ viewId, incoming, tell }: Visit, { catalog, web, releases }: Desk): Promise<void> {
  if (viewId === null) return await tell(sentence('Slack did not open the form. Type it again, or use `/rollback <procedure> [target]`.'));
  await catalog.refresh();
  const { channel, responseUrl } = incoming;
  const view = startForm({ catalog, chosen: null, note: { channel, responseUrl }, lastGood: releases.lastGood });
  await web.call('views.update', { view_id: viewId, view });
}

/** The global shortcut opens the same form, from wherever somebody is. */
const SHORTCUT: Entry = { kind: 'shortcut', id: SHORTCUTS.start, resume: 'give-back', opens: () => START_TITLE, handle: fillStartForm };

/** Choosing a procedure brings its targets and parameters. */
const CHOOSE: Entry = {
  kind: 'action',
  id: ACTIONS.chooseProcedure,
  resume: 'drop',
  handle: async ({ incoming: { view, text } }, { catalog, web, releases, alerts }) => {
    if (!view) return;
    const chosen = catalog.procedure(text);
    const { alert } = view.note;
    const offer = alert === undefined ? null : ((await alerts.find(alert as TokenId))?.offer ?? null);
    await web.call('views.update', {
      view_id: view.id,
      view: startForm({ catalog, chosen, note: view.note, offer, lastGood: releases.lastGood }),
    });
  },
};

const FORM: Entry = {
  kind: 'view',
  id: VIEWS.start,
  resume: 'again',
  examine: (incoming, acting, { operations }) => {
    const order = orderIn(incoming, acting);
    if (order === null) return { procedure: 'Choose a procedure, then its target.' };
    const mistakes = operations.examine(order);
    return mistakes.length > 0 ? marked(order, incoming, mistakes) : null;
  },
  handle: async (visit, desk) => {
    const order = orderIn(visit.incoming, visit.acting);
    if (order === null) return;
    const dryRun = visit.incoming.view?.values['how']?.includes('dry-run') ?? false;
    const started = await carryOut(visit, desk, order, { dryRun });
    const alert = visit.incoming.view?.note.alert;
    if (started !== null && alert !== undefined) await desk.alerts.joinIncident(alert as TokenId, started, visit.acting);
  },
};

export const START: readonly Entry[] = [SHORTCUT, CHOOSE, FORM];

/** What was filled in; null where no procedure was chosen, or where its own inputs are not there yet. */
function orderIn({ view, channel }: Incoming, acting: Acting): StartOrder | null {
  const values = view?.values ?? {};
  const procedure = values['procedure']?.[0];
  if (procedure === undefined || view?.note.procedure !== procedure) return null;
  const prefix = paramBlock(procedure, '');
  const params = Object.entries(values).flatMap(([block, [value]]) =>
    block.startsWith(prefix) && value !== undefined ? [[block.slice(prefix.length), value] as const] : [],
  );
  const target = values[`target:${procedure}`]?.[0] ?? null;
  const reason = values['reason']?.[0]?.trim() || null;
  return { procedure, target, params: Object.fromEntries(params), reason, channel, ...acting };
}

/** Each mistake at its field; Slack shows nothing at all for a field that is not there. */
function marked(order: StartOrder, { view }: Incoming, mistakes: readonly OrderMistake[]): FormMistakes {
  const fields: Record<string, string> = {};
  for (const { part, name, says } of mistakes) {
    const block =
      part === 'target' ? `target:${order.procedure}` : part === 'params' ? paramBlock(order.procedure, name ?? '') : 'procedure';
    const shown = Object.hasOwn(view?.values ?? {}, block) ? block : 'procedure';
    fields[shown] = fields[shown] === undefined ? says : `${fields[shown]} ${says}`;
  }
  return fields;
}
