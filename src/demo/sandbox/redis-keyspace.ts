import type { Clock } from '../../core/ports.ts';

type Entry = { readonly value: string; readonly serial: number; readonly expiresAtMs: number | null };

/** What Redis adds to the bytes of a key and its value, roughly. */
const OVERHEAD_BYTES = 64;

/** Keys and values that expire. Each key has a serial number, so that a scan misses none that stays, whatever else is deleted meanwhile. */
export function createKeyspace(clock: Clock) {
  const entries = new Map<string, Entry>();
  let serials = 0;

  function alive(key: string): Entry | null {
    const entry = entries.get(key);
    if (!entry) return null;
    if (entry.expiresAtMs === null || entry.expiresAtMs > clock.monotonicMs()) return entry;
    entries.delete(key);
    return null;
  }

  function living(): { key: string; serial: number }[] {
    return [...entries.keys()].flatMap((key) => {
      const entry = alive(key);
      return entry ? [{ key, serial: entry.serial }] : [];
    });
  }

  return {
    get: (key: string) => alive(key)?.value ?? null,
    has: (key: string) => alive(key) !== null,
    set(key: string, value: string, ttlMs: number | null): void {
      const expiresAtMs = ttlMs === null ? null : clock.monotonicMs() + ttlMs;
      entries.set(key, { value, serial: alive(key)?.serial ?? ++serials, expiresAtMs });
    },
    remove: (key: string) => alive(key) !== null && entries.delete(key),
    clear: () => entries.clear(),
    size: () => living().length,
    keys: () => living().map(({ key }) => key),
    /** The next keys after the cursor; the new cursor is 0 when there are no more. */
    scan(cursor: number, count: number): { cursor: number; keys: string[] } {
      const after = living().filter(({ serial }) => serial > cursor);
      const page = after.slice(0, count);
      return { cursor: after.length > page.length ? (page.at(-1)?.serial ?? 0) : 0, keys: page.map(({ key }) => key) };
    },
    /** Milliseconds left; `null` for a key that stays, `undefined` for none. */
    ttlMs(key: string): number | null | undefined {
      const entry = alive(key);
      return entry ? entry.expiresAtMs && entry.expiresAtMs - clock.monotonicMs() : undefined;
    },
    usedBytes(): number {
      let bytes = 0;
      for (const [key, { value }] of entries) bytes += key.length + value.length + OVERHEAD_BYTES;
      return bytes;
    },
  };
}

export type Keyspace = ReturnType<typeof createKeyspace>;
