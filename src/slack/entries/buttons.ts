import type { TokenId } from '../../core/brand.ts';
import type { PersonAct } from '../../core/incident/command.ts';
import type { Acting } from '../../core/incident/command.ts';
import { ACTIONS } from '../actions.ts';
import { actByToken } from './acting.ts';
import type { Entry } from './entry.ts';

type TokenAct = Extract<PersonAct, { token: TokenId }>;

/** The buttons that do what they say as soon as they are pressed. Doing one again after a crash is harmless: the rules know. */
export const BUTTONS: readonly Entry[] = [
  actionButton(ACTIONS.approve, (token, acting) => ({ kind: 'approve', token, ...acting })),
  actionButton(ACTIONS.yes, (token, acting) => ({ kind: 'answer', token, answer: 'yes', note: null, ...acting })),
  actionButton(ACTIONS.no, (token, acting) => ({ kind: 'answer', token, answer: 'no', note: null, ...acting })),
  actionButton(ACTIONS.happened, (token, acting) => ({ kind: 'settle', token, as: 'happened', ...acting })),
  actionButton(ACTIONS.runAgain, (token, acting) => ({ kind: 'settle', token, as: 'run-again', ...acting })),
  actionButton(ACTIONS.stopHere, (token, acting) => ({ kind: 'settle', token, as: 'stop', ...acting })),
  actionButton(ACTIONS.kill, (token, acting) => ({ kind: 'kill-orphan', token, ...acting })),
  actionButton(ACTIONS.retry, (token, acting) => ({ kind: 'continue', token, choice: 'retry', ...acting })),
  actionButton(ACTIONS.undo, (token, acting) => ({ kind: 'continue', token, choice: 'undo', ...acting })),
  actionButton(ACTIONS.stop, (token, acting) => ({ kind: 'continue', token, choice: 'stop', ...acting })),
];

function actionButton(id: string, actOf: (token: TokenId, acting: Acting) => TokenAct): Entry {
  return {
    kind: 'action',
    id,
    resume: 'again',
    handle: async (visit, desk) => await actByToken(visit, desk, actOf(visit.incoming.text as TokenId, visit.acting)),
  };
}
