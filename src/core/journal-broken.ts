import type { StreamId } from './brand.ts';

/** An event is not what it was when it was written, or is missing: this stream can't be trusted any more. */
export class JournalBroken extends Error {
  readonly code = 'journal-broken';
  readonly stream: StreamId<string>;
  readonly seq: number;

  constructor(stream: StreamId<string>, seq: number, says: string) {
    super(`The journal of ${stream} is broken at event ${seq}: ${says} Compare it with a backup before you go on with it.`);
    this.stream = stream;
    this.seq = seq;
  }
}
