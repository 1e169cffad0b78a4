import type { Instant, RoleId } from '../brand.ts';
import type { VendorCommand } from './command.ts';
import { remindersDue } from './due.ts';
import type { VendorFact } from './event.ts';
import { refuse } from './refusal.ts';
import type { VendorRefusal } from './refusal.ts';
import type { VendorState, VendorTask } from './state.ts';

type Of<Kind extends VendorCommand['kind']> = Extract<VendorCommand, { kind: Kind }>;
type Decision = readonly VendorFact[] | VendorRefusal;

/** The rules of asking vendors: never in a drill, one task at a time, and a mail that goes out once. */
export function decide(state: VendorState, command: VendorCommand, now: Instant): Decision {
  if (command.kind === 'ask-vendor') return ask(state, command);
  if (state.status !== 'open') return command.kind === 'note-mail' ? [] : refuse('no-task');
  switch (command.kind) {
    case 'take-task':
      if (!mayAct(state, command)) return refuse('not-in-role');
      return state.owner?.person === command.by.id ? [] : [{ type: 'task-taken', by: command.by }];
    case 'intend-mail':
      return mayAct(state, command) ? intendMail(state, command) : refuse('not-in-role');
    case 'note-mail':
      return state.mail.status === 'intended' ? [{ type: 'mail-noted', status: command.status, says: command.says }] : [];
    case 'remind-owner':
      return remindersDue(state, now) ? [{ type: 'owner-reminded', number: state.reminders + 1 }] : [];
    case 'finish-task':
      return mayAct(state, command) ? [{ type: 'task-over', by: command.by, says: command.says }] : refuse('not-in-role');
    case 'end-task':
      return [{ type: 'task-over', by: { kind: 'rollbot' }, says: command.says }];
    default:
      return command satisfies never;
  }
}

function ask(state: VendorState, { incident, drill, vendor, why, text, owner, token, by, roles }: Of<'ask-vendor'>): Decision {
  if (drill) return refuse('in-a-drill');
  if (roles.length === 0) return refuse('no-role');
  if (state.status === 'open') return refuse('asked-already', state.owner ? `It is the task of ${state.owner.name}.` : undefined);
  return [{ type: 'vendor-asked', incident, vendor, why, text, owner, by, token }];
}

function intendMail({ vendor, mail }: VendorTask, { by }: Of<'intend-mail'>): Decision {
  if (vendor.email === null) return refuse('no-address');
  if (mail.status === 'intended') return refuse('mail-under-way');
  return mail.status === 'sent' ? refuse('mail-sent') : [{ type: 'mail-intended', by }];
}

function mayAct(
  { vendor, owner }: VendorTask,
  { by, roles, commanders }: { by: { id: string }; roles: readonly RoleId[]; commanders: readonly RoleId[] },
): boolean {
  return owner?.person === by.id || roles.some((role) => role === vendor.owner || commanders.includes(role));
}
