import type { Instant } from '../brand.ts';
import { canonicalJson } from '../digest.ts';
import type { Command } from './command.ts';
import type { Decision } from './decide.ts';
import { mayNotLead } from './people.ts';
import { updateDueAt } from './record.ts';
import type { Audience, Update, UpdatePlaces } from './record-event.ts';
import { refuse } from './refusal.ts';
import { said } from './said.ts';
import type { IncidentState } from './state.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>;

const LONGEST = 2500;
const MOST = 200;
const NOWHERE: UpdatePlaces = { channels: [], mail: [] };

/** Says both texts; an update of a drill goes nowhere but into its own channel. The messages and mails follow from the state. */
export function sendUpdate(state: IncidentState, { texts, to, ...acting }: Of<'send-update'>): Decision {
  if (state.status === 'none') return refuse('no-such-incident');
  if (state.status === 'closed') return refuse('incident-closed');
  const refused = mayNotLead(state, acting);
  if (refused) return refused;
  const [engineering, business] = [texts.engineering, texts.business].map((text) => said(text, LONGEST));
  if (!engineering || !business) return refuse('nothing-said', 'An update needs a text for each of its two audiences.');
  const { updates } = state.record;
  const placesOf = (audience: Audience): UpdatePlaces => (state.drill ? NOWHERE : to[audience]);
  const update: Update = {
    engineering: { text: engineering, to: placesOf('engineering') },
    business: { text: business, to: placesOf('business') },
  };
  const last = updates.at(-1);
  // The same form that arrives twice is one update.
  if (last && last.by.id === acting.by.id && canonicalJson(last.update) === canonicalJson(update)) return [];
  if (updates.length >= MOST) return refuse('too-much', `It has ${MOST} updates.`);
  return [{ type: 'update-sent', number: updates.length + 1, update, by: acting.by }];
}

/** Calls for an update that was due and has not come. */
export function callForUpdate(state: IncidentState, { token }: Of<'call-for-update'>, now: Instant): Decision {
  if (state.status !== 'open') return refuse('not-due');
  const dueAt = updateDueAt(state.record);
  if (dueAt === null || dueAt > now) return refuse('not-due');
  // After a long sleep one call is enough.
  const every = state.record.severity?.updateEveryMs ?? 1;
  const latest = (dueAt + Math.floor((now - dueAt) / every) * every) as Instant;
  return [{ type: 'update-fell-due', dueAt: latest, token }];
}
