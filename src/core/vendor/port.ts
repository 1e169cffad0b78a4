import type { StreamId, TokenId } from '../brand.ts';
import type { Acting } from '../incident/command.ts';

export type VendorAnswer =
  | { readonly status: 'done'; readonly says: string; readonly incident: StreamId | null }
  | { readonly status: 'refused'; readonly says: string };

/** What people can do about vendors, whichever room they come from. */
export type Vendors = {
  /** Whether `rollbot.yml` has a vendor of this name. */
  has(name: string): boolean;
  /** Makes it somebody's task to ask a vendor; `incident` is that of the channel in which it was asked for. */
  ask(asked: { readonly vendor: string; readonly why: string; readonly incident: StreamId | null } & Acting): Promise<VendorAnswer>;
  take(token: TokenId, acting: Acting): Promise<VendorAnswer>;
  /** Sends what is to be said, with the number of the account, to the vendor's support. */
  sendMail(token: TokenId, acting: Acting): Promise<VendorAnswer>;
  /** Says that they were asked, whichever way. */
  finish(token: TokenId, acting: Acting): Promise<VendorAnswer>;
  onChange(listener: (stream: StreamId<'vendor'>) => void): () => void;
};
