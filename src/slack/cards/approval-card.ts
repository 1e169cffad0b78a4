import type { KnownBlock } from '@slack/types';
import { shortDigest } from '../../core/digest.ts';
import { sayDuration } from '../../core/duration.ts';
import { fillSentence } from '../../core/fill.ts';
import { fillContextOf } from '../../core/incident/binding.ts';
import { approvalEndsAt } from '../../core/incident/state.ts';
import type { Run, RunStep } from '../../core/incident/state.ts';
import type { Settings } from '../../core/settings.ts';
import { ACTIONS } from '../actions.ts';
import type { ApprovalAsk } from '../asks.ts';
import { sayAction } from './action-text.ts';
import { button, buttons, card, code, context, header, section } from './blocks.ts';
import type { Card } from './blocks.ts';
import { decidedLine } from './decided.ts';
import { isPointOfNoReturn } from './step-row.ts';
import { ends, lengthOf, safe } from './text.ts';
import { call, moment, sayQuorum, who } from './words.ts';

/** The longest action that stands on the card whole; of a longer one the rest is in a file in the thread. */
export const WHOLE_ACTION_MAX = 2800;

export type ApprovalCardParts = {
  readonly ask: ApprovalAsk;
  readonly run: Run;
  readonly step: RunStep;
  readonly settings: Settings;
  readonly drill: boolean;
};

/** Asks people in named roles about one exact action; once decided, it says what was decided and has no buttons. */
export function approvalCard(parts: ApprovalCardParts): Card {
  const { ask, run, step, settings, drill } = parts;
  const what = `${drill ? 'Drill: ' : ''}“${safe(step.plan.title)}” of ${safe(run.procedure.title)} on *${safe(run.target.name, 60)}*`;
  const digest = shortDigest(ask.approval.digest);
  const action = sayAction(ask.approval.action);
  const lead = ask.decided ? `Approval of ${what}: ${decidedLine(ask)}` : `${call(ask.approval.by, settings)} Approval needed: ${what}`;
  const shownWhole = lengthOf(action) <= WHOLE_ACTION_MAX;
  return card({
    text: `${lead}. It runs: ${safe(action, 1500)}. ${sayConsequence(run, step)} Digest ${digest}.`,
    top: [
      header(`${ask.decided ? 'Approval' : 'Approval needed'}: ${drill ? 'drill: ' : ''}${step.plan.title}`),
      section(lead),
      section(`*On ${safe(run.target.name, 60)}, exactly this:*`),
      code(ends(action, WHOLE_ACTION_MAX)),
      ...(shownWhole ? [] : [context(':page_facing_up: All of it is in the file in this thread. Read it before you approve.')]),
      section(sayConsequence(run, step)),
      context(sayTerms(parts)),
    ],
    bottom: bottomOf(parts),
  });
}

/** What a step takes away, and whether it can be taken back. */
function sayConsequence(run: Run, { plan, ...rest }: RunStep): string {
  const because = plan.because === undefined ? [] : [`*Because* ${safe(fillSentence(plan.because, fillContextOf(run)), 400)}.`];
  const undo = plan.undo;
  if (undo?.kind === 'action') return [...because, `*Undo:* ${safe(undo.title)}.`].join('\n');
  if (!isPointOfNoReturn({ plan, ...rest })) return [...because, 'It changes nothing that would have to be undone.'].join('\n');
  const why = undo ? ` (${safe(undo.because, 400)})` : '';
  return [...because, `:no_entry_sign: *Point of no return*: nothing undoes this step${why}.`].join('\n');
}

function sayTerms({ ask, run, step }: ApprovalCardParts): string {
  const { approval } = ask;
  const endsAt = approvalEndsAt(approval);
  const within = sayDuration(approval.withinMs);
  return [
    `Needs ${sayQuorum(approval)}`,
    `asked for by ${who(run.startedBy)}${run.startedBy.kind === 'person' ? ", who can't approve it" : ''}`,
    ...(run.reason === null ? [] : [`because: ${safe(run.reason, 300)}`]),
    endsAt === null ? `holds ${within} after it is shown` : `holds until ${moment(endsAt)}`,
    ...(step.attempt > 1 ? [`attempt ${approval.attempt}`] : []),
    `run ${safe(run.id, 20)}`,
    `digest \`${shortDigest(approval.digest)}\``,
  ].join(' · ');
}

function bottomOf({ ask, run, step, settings }: ApprovalCardParts): readonly KnownBlock[] {
  const { given, need } = ask.approval;
  const names = given.map(({ by, at }) => `${who(by)} (${moment(at)})`).join(' and ');
  if (ask.decided)
    return [
      section(
        `${ask.approval.override ? ':red_circle: ' : ''}*${capital(decidedLine(ask))}*${names && ask.decided.did !== 'approved' ? `\nApproved before by ${names}.` : ''}`,
      ),
    ];
  const soFar = given.length > 0 ? [context(`:white_check_mark: ${given.length} of ${need}: approved by ${names}`)] : [];
  if (run.progress.status !== 'running')
    return [...soFar, context("The run waits for another decision first, so this can't be approved now.")];
  const destructive = step.plan.effect === 'destructive';
  const confirm = {
    title: `Run this on ${run.target.name}?`,
    text: `${step.plan.title}. Digest ${shortDigest(ask.approval.digest)}.`,
    yes: 'Approve',
  };
  return [
    ...soFar,
    buttons(
      button(ACTIONS.approve, 'Approve', ask.token, { style: 'primary', ...(destructive && { confirm }) }),
      button(ACTIONS.deny, 'Deny', ask.token, { style: 'danger' }),
      ...(settings['break-glass'] ? [button(ACTIONS.breakGlass, 'Break glass…', ask.token)] : []),
    ),
  ];
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
