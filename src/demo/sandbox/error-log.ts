import type { Clock } from '../../core/ports.ts';

export type ErrorLine = { readonly at: string; readonly level: 'error'; readonly line: string };

const MOST_LINES = 2000;

/** The service's error lines of the last `windowMs`; older ones are forgotten. */
export function createErrorLog({ clock, windowMs }: { clock: Clock; windowMs: number }) {
  const lines: { readonly atMs: number; readonly shown: ErrorLine }[] = [];

  function forget(): void {
    const since = clock.monotonicMs() - windowMs;
    while (lines.length > MOST_LINES || (lines[0] && lines[0].atMs <= since)) lines.shift();
  }

  return {
    write: (line: string): void => {
      lines.push({ atMs: clock.monotonicMs(), shown: { at: new Date(clock.now()).toISOString(), level: 'error', line } });
      forget();
    },
    recent(): readonly ErrorLine[] {
      forget();
      return lines.map(({ shown }) => shown);
    },
  };
}

export type ErrorLog = ReturnType<typeof createErrorLog>;
