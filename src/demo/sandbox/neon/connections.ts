import type { Clock } from '../../../core/ports.ts';

/** Connections of which there are only so many; whoever keeps one without using it loses it after a while. */
export type Connections = {
  /** Waits for a free one; throws a sentence when none becomes free in time. */
  readonly take: () => Promise<string>;
  /** Says that it is used, so that it is not taken away; throws when it is not there any more. */
  readonly use: (id: string) => void;
  readonly give: (id: string) => void;
  readonly figures: () => { readonly used: number; readonly max: number; readonly waiting: number };
  readonly close: () => void;
};

type Limits = { readonly max: number; readonly waitMs: number; readonly idleMs: number };
type Waiter = { readonly serve: (id: string) => void; readonly cancel: () => void };

export function createConnections({ clock, max, waitMs, idleMs }: Limits & { clock: Clock }): Connections {
  const open = new Map<string, () => void>();
  const waiting: Waiter[] = [];
  let next = 1;

  function add(): string {
    const id = String(next);
    next += 1;
    keep(id);
    return id;
  }

  function keep(id: string): void {
    open.get(id)?.();
    open.set(
      id,
      clock.after(idleMs, () => give(id)),
    );
  }

  function give(id: string): void {
    open.get(id)?.();
    if (!open.delete(id)) return;
    const first = waiting.shift();
    first?.cancel();
    first?.serve(add());
  }

  return {
    async take() {
      if (open.size < max) return add();
      return await new Promise((serve, refuse) => {
        const waiter: Waiter = { serve, cancel: clock.after(waitMs, giveUp) };
        function giveUp(): void {
          waiting.splice(waiting.indexOf(waiter), 1);
          refuse(new Error(`connection timeout: none of ${max} connections has become free within ${waitMs} ms`));
        }
        waiting.push(waiter);
      });
    },
    use(id) {
      if (!open.has(id)) throw new Error('the connection has been closed');
      keep(id);
    },
    give,
    figures: () => ({ used: open.size, max, waiting: waiting.length }),
    close() {
      for (const { cancel } of waiting) cancel();
      for (const cancel of open.values()) cancel();
    },
  };
}
