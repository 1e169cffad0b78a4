/** Opens the database at its first argument, says whether it owns it, and keeps it until its input ends. */
import { openSqliteStore, StoreOwned } from '../../../src/store/index.ts';
import { FOLD } from '../../contracts/store/subject.ts';

const file = process.argv[2] ?? '';
try {
  const store = await openSqliteStore({ file, fold: FOLD, owner: { pid: process.pid, startedAt: 1_700_000_000_000 } });
  console.log('owns');
  process.stdin.on('data', () => undefined);
  process.stdin.on('end', () => void store.close());
} catch (error) {
  if (!(error instanceof StoreOwned)) throw error;
  console.log('refused');
}
