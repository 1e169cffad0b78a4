/** Appends as often as its second argument says, to a database that others write to at the same time; prints what was answered. */
import { shown } from '../../contracts/store/happenings.ts';
import { at, FOLD, stream, tally } from '../../contracts/store/subject.ts';
import type { AppendResult } from '../../../src/core/ports.ts';
import { openUnowned } from '../place.ts';

const [, , file = '', times = '0'] = process.argv;
const store = await openUnowned(file, FOLD);
const answers: AppendResult[] = [];
for (let done = 0; done < Number(times);) {
  const { seq } = await store.load(stream('a'));
  const fact = shown(`t${process.pid}-${done}`);
  const answer = await store.append([{ stream: stream('a'), expectedSeq: seq, facts: [fact, fact] }], {}, at(1));
  answers.push(answer);
  if (answer.status === 'ok') done += 1;
}
await store.close();
console.log(JSON.stringify(tally(answers)));
