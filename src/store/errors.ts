/** The process that wants a database for itself; `startedAt` in milliseconds since 1970. */
export type Owner = { readonly pid: number; readonly startedAt: number };
/** The one that has it. */
export type Holder = Owner & { readonly host: string };

/** Another process owns the database; `holder` is null in the moment before it has written who it is. */
export class StoreOwned extends Error {
  readonly code = 'store-owned';
  readonly holder: Holder | null;

  constructor(file: string, holder: Holder | null) {
    const who = holder ? `process ${holder.pid} on ${holder.host}, which started at ${timeOf(holder.startedAt)}` : 'another process';
    super(`${file} belongs to ${who}, and a journal has one owner at a time: stop that process first, or give your order to it.`);
    this.holder = holder;
  }
}

/** The file is not one that this Rollbot can open; nothing in it was changed. */
export class StoreRefused extends Error {
  readonly code: 'not-a-database' | 'not-a-journal' | 'newer' | 'older' | 'missing';

  constructor(code: StoreRefused['code'], says: string, cause?: unknown) {
    super(says, { cause });
    this.code = code;
  }
}

/** The database could not do what it was asked; the transaction in which that happened has left nothing behind. */
export class StoreFailed extends Error {
  readonly code: 'disk-full' | 'locked' | 'not-writable' | 'damaged' | 'closed' | 'misused' | 'other';

  constructor(code: StoreFailed['code'], says: string, cause?: unknown) {
    super(says, { cause });
    this.code = code;
  }
}

function timeOf(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : 'an unknown time';
}
