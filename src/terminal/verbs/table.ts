import type { Verb } from '../verb.ts';
import { ANSWER } from './answer.ts';
import { APPROVE, DENY, OVERRIDE } from './approval.ts';
import { INCIDENT_LOOKS, INCIDENT_VERBS } from './incident/table.ts';
import { FOLLOW } from './follow.ts';
import { LIST, SHOW, STATUS, WAITING } from './look.ts';
import { PAGE_LOOKS, PAGE_VERBS } from './page/table.ts';
import { NAMES } from './names.ts';
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
  ...INCIDENT_VERBS,
  receive: RECEIVE,
  ...PAGE_VERBS,
  names: NAMES,
};

/** Those that change nothing. */
export const LOOKS: ReadonlySet<string> = new Set([
  'status',
  'list',
  'show',
  'waiting',
  'follow',
  'names',
  ...INCIDENT_LOOKS,
  ...PAGE_LOOKS,
]);
