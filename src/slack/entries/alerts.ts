import { ALERT_REFUSALS } from '../../core/alert/refusal.ts';
import type { StreamId, TokenId } from '../../core/brand.ts';
import { ACTIONS } from '../actions.ts';
import { alertsOverviewCard } from '../cards/alerts-overview-card.ts';
import { refusalView } from '../cards/forms.ts';
import { sentence } from '../cards/replies.ts';
import { startForm } from '../cards/start-form.ts';
import type { Desk, Entry, Visit } from './entry.ts';
import { START_TITLE } from './start-form.ts';
import { tokenButton } from './token-button.ts';

/** *Roll back…* opens the form of a start with what `rollbot.yml` offers for these alerts. */
const ROLL_BACK: Entry = {
  kind: 'action',
  id: ACTIONS.alertRollBack,
  resume: 'give-back',
  opens: () => START_TITLE,
  handle: async (visit, desk) => {
    if (visit.viewId === null) return await visit.tell(sentence('Slack did not open the form. Press it again, or type `/rollback`.'));
    await desk.web.call('views.update', { view_id: visit.viewId, view: await formFor(visit, desk) });
  },
};

/** The buttons below a group of alerts. */
export const ALERT_BUTTONS: readonly Entry[] = [
  ROLL_BACK,
  tokenButton(ACTIONS.alertWatch, async ({ triggers, catalog }, token, acting) => {
    await catalog.refresh();
    return await triggers.watch(token, acting);
  }),
  tokenButton(ACTIONS.alertIncident, async ({ alerts }, token, acting) => await alerts.openIncident(token, acting)),
  tokenButton(ACTIONS.alertSilence, async ({ alerts }, token, acting) => await alerts.silence(token, acting)),
];

/** `/rollback alerts`: what fires, and what nobody could read. */
export async function listAlerts(visit: Visit, { alerts }: Desk): Promise<void> {
  const seen = await alerts.overview(visit.acting);
  await visit.tell(seen.status === 'shown' ? alertsOverviewCard(seen) : sentence(seen.says));
}

async function formFor({ incoming }: Visit, desk: Desk): Promise<ReturnType<typeof startForm>> {
  const { catalog, alerts, releases } = desk;
  await catalog.refresh();
  const found = await alerts.find(incoming.text as TokenId);
  if (!found) return refusalView(START_TITLE, ALERT_REFUSALS['no-such-group']);
  const { group, offer } = found;
  const incident = group.incident && (await channelOf(desk, group.incident.stream));
  const note = { channel: incident ?? incoming.channel, responseUrl: incoming.responseUrl, alert: incoming.text };
  // Where there is one choice only, it is made.
  const [only, ...more] = offer?.procedures ?? [];
  const chosen = only !== undefined && more.length === 0 ? catalog.procedure(only) : null;
  return startForm({ catalog, chosen, note, offer, lastGood: releases.lastGood });
}

/** The channel of an incident, so that what is started because of its alerts is started in it. */
async function channelOf({ store }: Desk, stream: StreamId): Promise<string | null> {
  const { state } = await store.load(stream);
  return state.status === 'open' ? (state.channel?.id ?? null) : null;
}
