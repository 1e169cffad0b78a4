import type { KnownBlock } from '@slack/types';
import { choicesFor } from '../../core/incident/decide-person.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import { undoable } from '../../core/incident/undo.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import type { HeldAsk } from '../asks.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { decidedLine } from './decided.ts';
import { safe } from './text.ts';
import { call, HELD_WHY } from './words.ts';

export type HeldCardParts = {
  readonly ask: HeldAsk;
  readonly run: Run;
  readonly step: RunStep;
  readonly settings: Settings;
  readonly drill: boolean;
};

/** Asks what to do with a run that can't go on by itself. */
export function heldCard({ ask, run, step, settings, drill }: HeldCardParts): Card {
  const where = `${drill ? 'Drill: ' : ''}${safe(run.procedure.title)} on *${safe(run.target.name, 60)}*`;
  const lead = ask.decided ? `${where}: ${decidedLine(ask)}` : `${call(run.deciders, settings)} What now? ${where}`;
  const why = `${HELD_WHY[ask.why].replace(/^./, (first) => first.toUpperCase())}: “${safe(step.plan.title)}”${ask.decided ? '' : sayFailure(step)}.`;
  const left = ask.decided ? [] : sayLeft(run);
  return card({
    text: `${lead}. ${[why, ...left].join(' ')}`,
    top: [header(`Decision needed: ${run.procedure.title}`), section(lead), section([why, ...left].join('\n'))],
    bottom: [...(ask.decided ? [] : choices(ask, run)), context(`Run ${safe(run.id, 20)}`)],
  });
}

/** The end of a sentence, so that what ends with a full stop of its own does not get a second one. */
function sayFailure({ state }: RunStep): string {
  if (state.status === 'finished') return `, ${safe(state.result.says.replace(/\.+$/, ''), 500)}`;
  return state.status === 'refused' ? `, ${safe(state.reason.replace(/\.+$/, ''), 500)}` : '';
}

function sayLeft(run: Run): readonly string[] {
  const changed = undoable(run).map(({ plan }) => `“${safe(plan.title, 80)}”`);
  if (changed.length === 0) return ['There is nothing to undo.'];
  return [`Undo takes back ${changed.slice(0, 8).join(', then ')}${changed.length > 8 ? ` and ${changed.length - 8} more` : ''}.`];
}

function choices(ask: HeldAsk, run: Run): readonly KnownBlock[] {
  const on = run.target.name;
  const offered = choicesFor(run);
  const all = {
    retry: button(ACTIONS.retry, 'Retry', ask.token, { style: 'primary' }),
    undo: button(ACTIONS.undo, 'Undo', ask.token, {
      confirm: {
        title: `Undo on ${on}?`,
        text: `The finished steps of ${run.procedure.title} are taken back, last one first.`,
        yes: 'Undo',
      },
    }),
    stop: button(ACTIONS.stop, 'Stop', ask.token, {
      style: 'danger',
      confirm: { title: 'Stop the run?', text: `${on} stays as it is now, and the run ends.`, yes: 'Stop' },
    }),
  };
  return offered.length > 0 ? [buttons(...offered.map((choice) => all[choice]))] : [];
}
