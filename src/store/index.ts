export { StoreFailed, StoreOwned, StoreRefused } from './errors.ts';
export type { Fold, Folds } from './fold.ts';
export { openSqliteReader, openSqliteStore, verifyFile } from './sqlite.ts';
