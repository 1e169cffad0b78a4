/** Why the rules say no: the name is the log's field, and the sentence is what the person reads. */
const SENTENCES = {
  'incident-closed': 'This incident is closed. Start anew with `/rollback <procedure>`.',
  'incident-open-already': 'This incident is open already.',
  'may-not-open': 'You hold no role in rollbot.yml, so you can not open an incident. Ask somebody who does.',
  'incident-open': 'This incident is open, so there is nothing to reopen.',
  'no-such-incident': 'There is no such incident. `/incident list` shows the open ones.',
  'nothing-said': 'There is nothing in it.',
  'too-much': 'This incident has too many of these already, so nothing was added.',
  'role-held': 'Somebody has this role already.',
  'nobody-to-hand-over-to': 'This can not be handed over to them. Name a full member of the workspace: `/incident role <role> @name`.',
  'no-such-run': 'There is no such run. `/rollback status` lists the runs there are.',
  'no-such-step': 'This run has no such step.',
  'run-finished': 'This run is finished, so nothing was changed.',
  'not-in-role': 'You are not in a role that may do this. Ask somebody who is.',
  'may-not-start': 'You are not in a role that may start this procedure. Ask somebody who is to type the command.',
  'no-longer-asked': 'This is no longer asked, so your click changed nothing.',
  'already-approved': 'This is approved already, so your click changed nothing.',
  'already-approved-by-you': 'You have approved this already. It needs another person.',
  'role-has-approved': 'Somebody has approved this for your role already. It needs somebody in another role.',
  'already-denied': 'This was denied already, so your click changed nothing.',
  'approval-expired': 'This approval has expired, so your click changed nothing.',
  'requester-cannot-approve': 'You asked for this run, so somebody else has to approve it.',
  'no-override': 'There is no way past this approval: rollbot.yml has no break-glass. Find somebody who may approve it.',
  'may-not-override': 'You are not in a role that may go on without an approval.',
  'target-not-typed': 'The name of the target was not typed, so nothing was overridden.',
  'override-without-reason': 'Say why it can not wait for an approval. It stands in the report, in red.',
  'approval-missing': 'This step has no valid approval.',
  'entitlement-unreadable': 'Slack does not say at the moment who is in which role, so this has to wait. Try again in a minute.',
  'already-answered': 'This is answered already, so your click changed nothing.',
  'already-settled': 'Somebody has settled this already, so your click changed nothing.',
  'still-running': 'The process of this step is still running. Wait until it ends, or kill it first.',
  'run-is-stopping': 'This run is being stopped.',
  'not-held': 'This run is not waiting for a decision.',
  'nothing-to-undo': 'There is nothing left to undo in this run.',
  'step-busy': 'This step is being worked on already.',
  'not-due': 'It is not time for this.',
  'run-unfinished': 'A run of this incident is not finished.',
  'reason-needed': 'The incident has unfinished business. Say why it may be closed all the same: `/incident close <reason>`.',
  'no-drill': 'This incident is no drill, so it has no checklist of one.',
  'silent-in-drill': 'You are the silent approver of this drill, so your click does not count yet.',
  'checklist-incomplete': 'Answer each question of the checklist, with “not tested” where nobody has looked.',
  'drill-on-protected':
    'A drill never touches a protected target. If this is in earnest, type it in another channel than that of the drill.',
  'claim-held': 'Another run holds what this one would change.',
  'written-by-newer': 'This incident was written by a newer Rollbot, so this version only reads it. Upgrade, then try again.',
} as const;

export type RefusalName = keyof typeof SENTENCES;

/** A decision against a command; `detail` adds what only this case knows. */
export type Refusal = { readonly refusal: RefusalName; readonly says: string };

/** Refuses with the name's own sentence, followed by what is particular to this case. */
export function refuse(refusal: RefusalName, detail?: string): Refusal {
  return { refusal, says: detail ? `${SENTENCES[refusal]} ${detail}` : SENTENCES[refusal] };
}

/** All refusals with their sentences, for the documentation and for tests that hold one to the other. */
export const REFUSALS: Readonly<Record<RefusalName, string>> = SENTENCES;
