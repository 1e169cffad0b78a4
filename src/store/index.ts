export { StoreFailed, StoreOwned, StoreRefused } from './errors.ts';
export type { Fold } from './fold.ts';
export { openSqliteReader, openSqliteStore, verifyFile } from './sqlite.ts';
