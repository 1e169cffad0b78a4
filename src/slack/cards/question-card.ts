import type { KnownBlock } from '@slack/types';
import type { Run, RunStep } from '../../core/incident/state.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import type { QuestionAsk } from '../asks.ts';
import { button, buttons, card, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { decidedLine } from './decided.ts';
import { stepRow } from './step-row.ts';
import { safe } from './text.ts';
import { call, sayRoles } from './words.ts';

/** Slack takes 50 blocks; a question takes two, and most checklists have one or two. */
const MOST_QUESTIONS = 15;

export type ChecklistParts = { readonly run: Run; readonly asks: readonly QuestionAsk[]; readonly drill: boolean };

/** The verification checklist of a run: it fills itself in with numbers, and has buttons for what only a person can say. */
export function checklistCard({ run, asks, drill }: ChecklistParts): Card {
  const checks = run.steps.filter(({ plan }) => plan.phase === 'verify');
  const over = checks.filter(isSettled).length;
  const rows = checks.map((step) => stepRow(run, step));
  const name = `${drill ? 'Drill: ' : ''}${run.procedure.title} on ${run.target.name}`;
  const open = asks.filter((ask) => ask.decided === null).slice(0, MOST_QUESTIONS);
  return card({
    text: `Verification of ${safe(name)}: ${over} of ${checks.length} checked. ${rows.join('; ')}`,
    top: [header(`Verification: ${name}`), context(`${over} of ${checks.length} checked · run ${safe(run.id, 20)}`)],
    rows,
    bottom: open.flatMap((ask) => questionBlocks(ask, `:question: ${safe(ask.question, 600)}\n_for ${sayRoles([ask.role])}_`)),
  });
}

export type QuestionParts = {
  readonly ask: QuestionAsk;
  readonly run: Run;
  readonly step: RunStep;
  readonly settings: Settings;
  readonly drill: boolean;
};

/** A step or check before the steps that a person does by hand, as a message of its own. */
export function questionCard({ ask, run, step, settings, drill }: QuestionParts): Card {
  const where = `${drill ? 'Drill: ' : ''}${safe(run.procedure.title)} on *${safe(run.target.name, 60)}*`;
  const lead = ask.decided ? `${where}: ${decidedLine(ask)}` : `${call([ask.role], settings)} Your hands are needed: ${where}`;
  const asked = safe(ask.question, 2000);
  return card({
    text: `${lead}. ${asked}`,
    top: [header(step.plan.title), section(lead), section(asked), context(`Run ${safe(run.id, 20)}`)],
    bottom: ask.decided ? [] : questionBlocks(ask, `Say when ${step.plan.phase === 'step' ? 'it is done' : 'you know'}:`),
  });
}

/** Calls those who have to answer a question of the checklist, because an edit of the checklist calls nobody. */
export function questionCall(ask: QuestionAsk, settings: Settings): Card {
  const says = `${call([ask.role], settings)} Please answer above: ${safe(ask.question, 1000)}`;
  return card({ text: says, top: [section(says)] });
}

function questionBlocks(ask: QuestionAsk, says: string): readonly KnownBlock[] {
  return [
    section(says),
    buttons(button(ACTIONS.yes, 'Yes', ask.token, { style: 'primary' }), button(ACTIONS.no, 'No', ask.token, { style: 'danger' })),
  ];
}

function isSettled({ state }: RunStep): boolean {
  return state.status === 'finished' || state.status === 'skipped';
}
