import type { Verb } from '../verb.ts';
import { ANSWER } from './answer.ts';
import { APPROVE, DENY, OVERRIDE } from './approval.ts';
import { CLOSE, REPORT } from './incident.ts';
import { FOLLOW } from './follow.ts';
import { LIST, SHOW, STATUS, WAITING } from './look.ts';
import { PAGE_LOOKS, PAGE_VERBS } from './page/table.ts';
import { RECEIVE } from './receive.ts';
import { DRY_RUN, START, STOP } from './run.ts';

/** Every verb by its name on the socket; each has a file of its kind beside this one. */
export const VERBS: Readonly<Record<string, Verb>> = {
  start: START,
  'dry-run': DRY_RUN,
  stop: STOP,
  status: STATUS,
  list: LIST,
  show: SHOW,
  waiting: WAITING,
  follow: FOLLOW,
  approve: APPROVE,
  override: OVERRIDE,
  deny: DENY,
  answer: ANSWER,
  close: CLOSE,
  report: REPORT,
  receive: RECEIVE,
  ...PAGE_VERBS,
};

/** Those that change nothing. */
export const LOOKS: ReadonlySet<string> = new Set(['status', 'list', 'show', 'waiting', 'follow', 'report', ...PAGE_LOOKS]);
