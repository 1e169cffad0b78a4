import type { ToldText } from '../contact/schema.ts';
import { detectedAt } from '../incident/moments.ts';
import type { IncidentState } from '../incident/state.ts';
import { updateTexts } from '../incident/update-text.ts';
import { sayList } from '../procedure/nearest.ts';

type There = Exclude<IncidentState, { status: 'none' }>;

/** What a page says to those who are told in these words: the same that an update would begin with. */
export function textFor(text: ToldText, state: There): string {
  if (text === 'impact') return impact(state);
  return updateTexts(state, state.lastAt)[text];
}

/** For whoever has to say what it means for users. */
function impact(state: There): string {
  const components = [...new Set(state.runs.map((run) => run.procedure.component))];
  const targets = [...new Set(state.runs.map((run) => run.target.name))];
  const where = targets.length > 0 ? ` on ${sayList(targets, 'and')}` : '';
  const since = new Date(detectedAt(state)).toISOString().slice(11, 16);
  return [
    `${components.length > 0 ? sayList(components, 'and') : state.title}${where}, since ${since} UTC.`,
    'What do users notice, how many of them, and what can they not do? Say it in the channel of the incident: /incident note …',
  ].join('\n');
}
