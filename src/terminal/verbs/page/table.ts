import type { Verb } from '../../verb.ts';
import { PAGE_ACK, PAGE_DONE, PAGE_ESCALATE, PAGE_MAIL } from './answer.ts';
import { PAGE } from './ask.ts';
import { FOLLOW_PAGE, PAGES, VENDOR_TASK } from './look.ts';
import { ON_CALL, ON_CALL_CHANGE } from './on-call.ts';

/** What calls people, and who is called, by its name on the socket. */
export const PAGE_VERBS: Readonly<Record<string, Verb>> = {
  page: PAGE,
  pages: PAGES,
  'page-follow': FOLLOW_PAGE,
  'page-ack': PAGE_ACK,
  'page-escalate': PAGE_ESCALATE,
  'page-done': PAGE_DONE,
  'page-mail': PAGE_MAIL,
  'vendor-task': VENDOR_TASK,
  'on-call': ON_CALL,
  'on-call-change': ON_CALL_CHANGE,
};

export const PAGE_LOOKS = ['pages', 'page-follow', 'vendor-task', 'on-call'] as const;
