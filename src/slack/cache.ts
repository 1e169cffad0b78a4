import type { Clock } from '../core/ports.ts';

/** What Slack says about people is never older than this when somebody is let in by it. */
const HOLDS_MS = 60_000;
const MOST = 2000;

export type Cache<Value> = {
  /** The value under this name: a known one of the last minute, else a new reading, which all who ask meanwhile share. */
  get(name: string, read: () => Promise<Value>, fresh: boolean): Promise<Value>;
};

/** Remembers readings for a minute, counted from before they were asked for. What is unreadable is not remembered. */
export function createCache<Value extends { readonly status: string }>(clock: Clock): Cache<Value> {
  const known = new Map<string, { readonly value: Value; readonly atMs: number }>();
  const asked = new Map<string, Promise<Value>>();
  async function ask(name: string, read: () => Promise<Value>): Promise<Value> {
    const atMs = clock.monotonicMs();
    try {
      const value = await read();
      if (known.size >= MOST) known.clear();
      if (value.status !== 'unreadable') known.set(name, { value, atMs });
      return value;
    } finally {
      asked.delete(name);
    }
  }
  return {
    async get(name, read, fresh) {
      const before = known.get(name);
      if (!fresh && before && clock.monotonicMs() - before.atMs < HOLDS_MS) return before.value;
      const pending = fresh ? undefined : asked.get(name);
      if (pending) return await pending;
      const asking = ask(name, read);
      if (!fresh) asked.set(name, asking);
      return await asking;
    },
  };
}
