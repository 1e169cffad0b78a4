import type { KnownBlock } from '@slack/types';
import type { UnknownReason } from '../../core/incident/event.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import type { UnknownAsk } from '../asks.ts';
import { sayAction } from './action-text.ts';
import { button, buttons, card, code, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { decidedLine } from './decided.ts';
import { ends, safe } from './text.ts';
import { call } from './words.ts';

const REASONS = {
  'bot-stopped': 'Rollbot was stopped while it ran',
  crash: 'Rollbot stopped unexpectedly while it ran',
  timeout: 'it took too long and was ended',
  'connection-lost': 'the connection was lost before an answer came',
  'stopped-by-person': 'somebody stopped it while it ran',
  unclear: "its answer can't be read either way",
} as const satisfies Record<UnknownReason, string>;

export type UnknownCardParts = {
  readonly ask: UnknownAsk;
  readonly run: Run;
  readonly step: RunStep;
  readonly settings: Settings;
  readonly drill: boolean;
};

/** Asks a person what became of a step of which nobody knows whether it happened. */
export function unknownCard({ ask, run, step, settings, drill }: UnknownCardParts): Card {
  const where = `${drill ? 'Drill: ' : ''}“${safe(step.plan.title)}” of ${safe(run.procedure.title)} on *${safe(run.target.name, 60)}*`;
  const lead = ask.decided ? `${where}: ${decidedLine(ask)}` : `${call(run.deciders, settings)} Did it happen? ${where}`;
  const why = `Nobody knows whether this step happened: ${REASONS[ask.reason]}. Look at ${safe(run.target.name, 60)} itself before you answer.`;
  const action =
    step.state.status === 'unknown' && step.state.token === ask.token ? [code(ends(sayAction(step.state.intent.action), 2000))] : [];
  return card({
    text: `${lead}. ${why}`,
    top: [header(`Unknown: ${step.plan.title}`), section(lead), ...(ask.decided ? [] : [section(why), ...action])],
    bottom: [...(ask.decided ? [] : choices({ ask, run, step })), context(`Run ${safe(run.id, 20)} · attempt ${step.attempt}`)],
  });
}

/** Whether this has to be asked of a person: a guarded step's own check is asked first. */
export function needsPerson(ask: UnknownAsk, { plan }: RunStep): boolean {
  return ask.alive || ask.checked || plan.effect !== 'guarded' || plan.check === undefined;
}

function choices({ ask, run, step }: Pick<UnknownCardParts, 'ask' | 'run' | 'step'>): readonly KnownBlock[] {
  const on = run.target.name;
  const stop = button(ACTIONS.stopHere, 'Stop here', ask.token, {
    style: 'danger',
    confirm: { title: 'Stop the run here?', text: `Nobody will know whether “${step.plan.title}” happened on ${on}.`, yes: 'Stop here' },
  });
  if (ask.alive) {
    const kill = button(ACTIONS.kill, 'Kill it', ask.token, {
      style: 'danger',
      confirm: {
        title: 'Kill the process?',
        text: `The process of “${step.plan.title}” is ended on the spot, wherever it is.`,
        yes: 'Kill it',
      },
    });
    const says = ask.killRequested
      ? 'Its process is being killed.'
      : 'Its process is still running. Wait until it ends, or kill it; then this can be answered.';
    return [context(`:gear: ${says}`), buttons(...(ask.killRequested ? [] : [kill]), stop)];
  }
  const again =
    run.progress.status === 'stopping'
      ? button(ACTIONS.runAgain, 'It did not happen', ask.token)
      : button(ACTIONS.runAgain, 'It did not: run it again', ask.token, {
          confirm: { title: `Run it again on ${on}?`, text: runAgainSays(step), yes: 'Run it again' },
        });
  const happened = button(ACTIONS.happened, 'It happened', ask.token, { style: 'primary' });
  return [buttons(happened, again, stop)];
}

function runAgainSays({ plan }: RunStep): string {
  const approval = plan.approve ? 'It needs a new approval first.' : 'It begins at once.';
  return `Only if you are sure that “${plan.title}” did not happen. ${approval}`;
}
