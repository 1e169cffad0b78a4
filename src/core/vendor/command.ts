import type { IncidentId, RoleId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';
import type { PinnedVendor, TaskOwner } from './state.ts';

/** A person acts; `commanders` may do what the owner's role may. */
type Act = Acting & { readonly commanders: readonly RoleId[] };

export type VendorCommand =
  | ({
      kind: 'ask-vendor';
      incident: IncidentId;
      drill: boolean;
      vendor: PinnedVendor;
      why: string;
      text: string;
      owner: TaskOwner | null;
      token: TokenId;
    } & Acting)
  | ({ kind: 'take-task' } & Act)
  | ({ kind: 'intend-mail' } & Act)
  | { kind: 'note-mail'; status: 'sent' | 'failed' | 'unknown'; says: string }
  | { kind: 'remind-owner' }
  | ({ kind: 'finish-task'; says: string } & Act)
  /** The incident is closed, so nobody has to be asked any more. */
  | { kind: 'end-task'; says: string };
