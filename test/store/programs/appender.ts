/** Owns the database at its first argument and appends for ever; prints the seq of each append once that was answered. */
import { openSqliteStore } from '../../../src/store/index.ts';
import { opened, shown } from '../../contracts/store/happenings.ts';
import { FOLD, stream, write } from '../../contracts/store/subject.ts';

const store = await openSqliteStore({
  file: process.argv[2] ?? '',
  fold: FOLD,
  owner: { pid: process.pid, startedAt: 1_700_000_000_000 },
});
const { seq } = await store.load(stream('a'));
if (seq === 0) await write(store, stream('a'), [opened()]);
for (let now = 1; ; now += 1) {
  const last = await write(store, stream('a'), [shown(`t${process.pid}-${now}`), shown(`u${process.pid}-${now}`)], now);
  await store.saveMessage(stream('a'), 'card', { status: 'posted', channel: 'C01', ts: String(last), digest: '' as never, extra: last });
  process.stdout.write(`${last}\n`);
}
