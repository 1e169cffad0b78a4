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
  alertWatch: 'alert_watch',
  watchStart: 'watch_start',
  watchVeto: 'watch_veto',
  watchCallOff: 'watch_call_off',
  pageAck: 'page_ack',
  pageEscalate: 'page_escalate',
  pageEnd: 'page_end',
  writeUpdate: 'write_update',
  drillStart: 'drill_start',
  drillSignUp: 'drill_sign_up',
  drillSkip: 'drill_skip',
  drillChecklist: 'drill_checklist',
  followUpTake: 'follow_up_take',
  followUpDone: 'follow_up_done',
  followUpLater: 'follow_up_later',
} as const;

/** The callback ids of forms and shortcuts. */
export const VIEWS = {
  start: 'start_form',
  deny: 'deny_form',
  openIncident: 'open_incident_form',
  closeIncident: 'close_incident_form',
  update: 'update_form',
  writeUp: 'write_up_form',
  override: 'override_form',
  skipDrill: 'skip_drill_form',
  checklist: 'drill_checklist_form',
  later: 'later_form',
} as const;
export const SHORTCUTS = { start: 'start_rollback', openIncident: 'open_incident', addToTimeline: 'add_to_timeline' } as const;
export const COMMANDS = { rollback: '/rollback', incident: '/incident', onCall: '/oncall', page: '/page' } as const;
