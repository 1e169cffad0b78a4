import type { Pattern, Sighting } from '../interface.ts';
import type { User } from '../state/model.ts';
import type { PeopleDesk } from './desk.ts';
import { latest, matches, visibleThings, type Seen } from './looking.ts';

/** Long, because it costs nothing where all is well, and a busy machine is no failure. */
const patienceMs = 60_000;

/** Waits until somebody sees something that matches, looking again whenever anything changes; of several, the last changed counts. */
export function sees(desk: PeopleDesk, user: User, pattern: Pattern, where: { in?: string; within?: number } = {}): Promise<Sighting> {
  const look = () => newest(visibleThings(desk, user, where.in).filter((seen) => matches(pattern, seen.sight.text)));
  return new Promise((resolve, reject) => {
    const found = look();
    if (found) {
      resolve(expected(desk, found));
      return;
    }
    const within = where.within ?? patienceMs;
    const timer = setTimeout(() => {
      stop();
      reject(new Error(missed(desk, user, pattern, where.in, within)));
    }, within);
    // Whoever still waits when all else has ended keeps no process alive.
    timer.unref();
    const stop = desk.workspace.listen((happening) => {
      if (happening.kind === 'called') return;
      const seen = look();
      if (!seen) return;
      clearTimeout(timer);
      stop();
      resolve(expected(desk, seen));
    });
  });
}

function newest(seen: readonly Seen[]): Seen | undefined {
  return seen.toSorted((a, b) => a.touched - b.touched).at(-1);
}

function expected(desk: PeopleDesk, seen: Seen): Sighting {
  if (seen.kind === 'message') desk.expected.add(seen.message);
  return seen.sight;
}

function missed(desk: PeopleDesk, user: User, pattern: Pattern, where: string | undefined, within: number): string {
  const place = where ? ` in ${where}` : '';
  const visible = latest(visibleThings(desk, user, where));
  return `${user.name} did not see ${String(pattern)}${place} within ${within} ms. What ${user.name} sees:\n${visible}`;
}
