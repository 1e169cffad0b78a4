import path from 'node:path';
import Database from 'better-sqlite3';
import { canonicalJson, sha256 } from '../../src/core/digest.ts';
import { verifyCommand } from '../../src/cli/verify.ts';
import { realClock, realIds } from '../../src/clock.ts';
import type { StoryWorld } from './story-world.ts';

/** Somebody who can write to the database and wants something else to run than what was approved. */
export type Intruder = {
  /** Changes the newest event of this type, which is not tied to the others any more then. */
  changesEvent(type: string, from: string, to: string): void;
  /** Changes the state that is kept beside the events; `sealed` makes its digest right again. */
  changesSnapshot(from: string, to: string, how: { readonly sealed: boolean }): void;
};

/** Opens the story's database behind the bot's back. */
export function intruderIn(world: StoryWorld): Intruder {
  function inDatabase(deed: (db: Database.Database) => void): void {
    const db = new Database(path.join(world.folder, 'data', 'rollbot.db'));
    deed(db);
    db.close();
  }
  return {
    changesEvent(type, from, to) {
      inDatabase((db) => {
        const row = db.prepare<[string], EventRow>('select stream, seq, body from events where type = ? order by seq desc').get(type);
        const body = changed(row?.body, from, to);
        db.prepare('update events set body = ? where stream = ? and seq = ?').run(body, row?.stream, row?.seq);
      });
    },
    changesSnapshot(from, to, { sealed }) {
      inDatabase((db) => {
        const row = db.prepare<[], StreamRow>(WITH_LAST_HASH).get();
        if (!row) throw new Error('There is no stream yet.');
        const snapshot = changed(row.snapshot, from, to);
        const about = canonicalJson([row.stream, row.snapshot_seq, row.snapshot_version, row.hash]);
        const digest = sealed ? sha256(`${about}\n${snapshot}`) : row.snapshot_digest;
        db.prepare('update streams set snapshot = ?, snapshot_digest = ? where stream = ?').run(snapshot, digest, row.stream);
      });
    },
  };
}

/** What `rollbot verify` prints about the story's database, and its exit status. */
export async function rollbotVerify(world: StoryWorld): Promise<{ readonly exit: number; readonly prints: string }> {
  let prints = '';
  const out = { write: (text: string) => (prints += text) };
  const process = { pid: 1, startedAt: 0 };
  const nothing = {
    argv: [],
    environment: {},
    ask: async () => null,
    clock: realClock,
    ids: realIds,
    process,
    onSignal: () => undefined,
    exit: () => undefined,
  };
  const exit = await verifyCommand({ ...nothing, stdout: out, stderr: out }, path.join(world.folder, 'data', 'rollbot.db'));
  return { exit, prints };
}

type EventRow = { readonly stream: string; readonly seq: number; readonly body: string };
type StreamRow = {
  readonly stream: string;
  readonly snapshot: string;
  readonly snapshot_seq: number;
  readonly snapshot_version: string;
  readonly snapshot_digest: string;
  readonly hash: string;
};
const WITH_LAST_HASH = `select streams.*, events.hash from streams
  join events on events.stream = streams.stream and events.seq = streams.snapshot_seq`;

function changed(text: string | undefined, from: string, to: string): string {
  if (!text?.includes(from)) throw new Error(`"${from}" is not there to be changed.`);
  return text.replaceAll(from, to);
}
