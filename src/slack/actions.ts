/** The action ids of all buttons and menus; a button's value is a token and nothing else. */
export const ACTIONS = {
  approve: 'approve',
  deny: 'deny',
  yes: 'answer_yes',
  no: 'answer_no',
  happened: 'settle_happened',
  runAgain: 'settle_run_again',
  stopHere: 'settle_stop',
  kill: 'kill_process',
  retry: 'continue_retry',
  undo: 'continue_undo',
  stop: 'continue_stop',
  chooseProcedure: 'choose_procedure',
  alertRollBack: 'alert_roll_back',
  alertIncident: 'alert_incident',
  alertSilence: 'alert_silence',
  watchStart: 'watch_start',
  watchVeto: 'watch_veto',
  watchCallOff: 'watch_call_off',
  pageAck: 'page_ack',
  pageEscalate: 'page_escalate',
  pageEnd: 'page_end',
} as const;

/** The callback ids of forms and shortcuts. */
export const VIEWS = { start: 'start_form', deny: 'deny_form', override: 'override_form' } as const;
export const SHORTCUTS = { start: 'start_rollback' } as const;
export const COMMANDS = { rollback: '/rollback', incident: '/incident', onCall: '/oncall', page: '/page' } as const;
