import type { Instant, RoleId } from '../../core/brand.ts';
import { overrideMeant, parseOnCallText } from '../../core/contact/on-call-text.ts';
import type { OnCallAsk } from '../../core/contact/on-call-text.ts';
import type { Plan } from '../../core/contact/port.ts';
import { COMMANDS, VIEWS } from '../actions.ts';
import { dutyCard, onCallCard, onCallHelp, overrideForm, OVERRIDE_TITLE } from '../cards/on-call-card.ts';
import { refusalView } from '../cards/forms.ts';
import { sentence } from '../cards/replies.ts';
import type { Incoming } from '../incoming.ts';
import type { Desk, Entry, FormMistakes, Visit } from './entry.ts';

/** `/oncall`: who is on call, and who should be instead. */
const COMMAND: Entry = {
  kind: 'command',
  id: COMMANDS.onCall,
  resume: 'again',
  opens: ({ text }) => (/^override(\s+\S+)?$/i.test(text) ? OVERRIDE_TITLE : null),
  handle: async (visit, desk) => {
    await desk.catalog.refresh();
    const asked = parseOnCallText(visit.incoming.text, { settings: desk.catalog.settings(), now: visit.incoming.at as Instant });
    if ('mistake' in asked) await refuse(visit, desk, asked.mistake);
    else await answer(visit, desk, asked);
  },
};

const FORM: Entry = {
  kind: 'view',
  id: VIEWS.override,
  resume: 'again',
  examine: ({ view, at }) => mistakesIn(view?.values ?? {}, at),
  handle: async (visit, desk) => {
    const read = overrideIn(visit.incoming.view?.values ?? {});
    if (read === null) return;
    const { says } = await desk.onCall.override({ ...read, ...visit.acting });
    await visit.tell(sentence(says));
  },
};

export const ON_CALL: readonly Entry[] = [COMMAND, FORM];

async function answer(visit: Visit, desk: Desk, asked: OnCallAsk): Promise<void> {
  const { onCall, clock } = desk;
  switch (asked.kind) {
    case 'help':
      return await visit.tell(onCallHelp());
    case 'all':
      return await visit.tell(onCallCard(await plansOf(desk, null)));
    case 'one':
      return await visit.tell(dutyCard(await onCall.plan(asked.role, clock.now())));
    case 'form':
      return await openForm(visit, desk, asked.role);
    case 'override':
      return await visit.tell(sentence((await onCall.override({ ...asked, ...visit.acting })).says));
    case 'cancel':
      return await cancel(visit, desk, asked);
    default:
      return asked satisfies never;
  }
}

async function openForm({ viewId, incoming, tell }: Visit, desk: Desk, role: RoleId | null): Promise<void> {
  if (viewId === null)
    return await tell(sentence('Slack did not open the form. Type it again, or use `/oncall override <role> <who> to <when>`.'));
  const { channel, responseUrl } = incoming;
  const view = overrideForm(await plansOf(desk, role), { channel, responseUrl }, incoming.at);
  await desk.web.call('views.update', { view_id: viewId, view });
}

async function cancel(visit: Visit, { onCall, clock }: Desk, asked: Extract<OnCallAsk, { kind: 'cancel' }>): Promise<void> {
  const { role } = asked;
  const meant = overrideMeant(asked, (await onCall.plan(role, clock.now())).overrides);
  const { says } = 'mistake' in meant ? { says: meant.mistake } : await onCall.cancel({ role, override: meant.override, ...visit.acting });
  await visit.tell(sentence(says));
}

async function plansOf({ onCall, catalog, clock }: Desk, role: RoleId | null): Promise<readonly Plan[]> {
  const roles = role === null ? (Object.keys(catalog.settings().roles) as RoleId[]) : [role];
  return await Promise.all(roles.map(async (each) => await onCall.plan(each, clock.now())));
}

/** What was typed may have opened a form already, in which it is refused then. */
async function refuse({ viewId, tell }: Visit, { web }: Desk, says: string): Promise<void> {
  if (viewId === null) await tell(sentence(says));
  else await web.call('views.update', { view_id: viewId, view: refusalView(OVERRIDE_TITLE, says) });
}

type Values = NonNullable<Incoming['view']>['values'];

function mistakesIn(values: Values, now: number): FormMistakes | null {
  const read = overrideIn(values);
  if (read === null) return { who: 'Choose who is on call, and from when to when.' };
  if (read.to <= read.from) return { to: 'It would end before it begins. Give an end that is later.' };
  return read.to <= now ? { to: 'This is over already. Give an end that is still to come.' } : null;
}

function overrideIn(values: Values): { readonly role: RoleId; readonly who: string; readonly from: Instant; readonly to: Instant } | null {
  const [role, who] = (values['who']?.[0] ?? '').split(' ');
  const [from, to] = [values['from'], values['to']].map((chosen) => Number(chosen?.[0] ?? Number.NaN) * 1000);
  if (!role || !who || from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
  return { role: role as RoleId, who, from: from as Instant, to: to as Instant };
}
