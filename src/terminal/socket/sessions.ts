import type { Clock, Ids } from '../../core/ports.ts';
import type { OsUser } from '../gate.ts';
import { userNumbered } from './os-user.ts';
import { whoProved } from './proof.ts';
import type { Challenge } from './proof.ts';

export type Sessions = {
  challenge(): Challenge;
  /** Opens a session for whoever answered the challenge; null where nobody did. A challenge is good for one try. */
  open(secret: string): Promise<{ readonly session: string; readonly user: OsUser } | null>;
  /** Who speaks; null where they have to prove it again. */
  userOf(session: string): OsUser | null;
};

const CHALLENGE_HOLDS_MS = 10_000;
const SESSION_HOLDS_MS = 10 * 60_000;
const MOST = 200;

type Timed<Value> = { readonly value: Value; readonly untilMs: number };

/** Who has proved to be whom, for a while. Nothing of it outlives the process. */
export function createSessions({ proofs, clock, ids }: { readonly proofs: string; readonly clock: Clock; readonly ids: Ids }): Sessions {
  const challenges = new Map<string, Timed<Challenge>>();
  const sessions = new Map<string, Timed<OsUser>>();
  return {
    challenge() {
      const challenge = { file: ids.token(), secret: ids.token() };
      keep(challenges, challenge.secret, challenge, CHALLENGE_HOLDS_MS);
      return challenge;
    },
    async open(secret) {
      const challenge = take(challenges, secret);
      challenges.delete(secret);
      const uid = challenge && (await whoProved(proofs, challenge));
      if (uid === null) return null;
      const user = await userNumbered(uid);
      const session = ids.token();
      keep(sessions, session, user, SESSION_HOLDS_MS);
      return { session, user };
    },
    userOf: (session) => take(sessions, session),
  };

  function keep<Value>(all: Map<string, Timed<Value>>, key: string, value: Value, forMs: number): void {
    const oldest = all.keys().next().value;
    if (all.size >= MOST && oldest !== undefined) all.delete(oldest);
    all.set(key, { value, untilMs: clock.monotonicMs() + forMs });
  }

  function take<Value>(all: ReadonlyMap<string, Timed<Value>>, key: string): Value | null {
    const found = all.get(key);
    return found && clock.monotonicMs() < found.untilMs ? found.value : null;
  }
}
