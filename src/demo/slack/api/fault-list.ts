import type { Json } from '../state/model.ts';

/** One way in which a call goes wrong on purpose. */
export type Fault =
  | { kind: 'refuse'; error: string; extra: Json }
  | { kind: 'http'; status: number }
  | { kind: 'rate-limit'; seconds: number }
  | { kind: 'lose-answer' }
  | { kind: 'refuse-afterwards'; error: string }
  | { kind: 'slow'; ms: number };

/** Faults that wait for their call. */
export interface FaultList {
  add(pattern: string, fault: Fault, times: number): void;
  /** The faults that this call runs into, at most one of each kind, counted down. */
  strike(method: string): Fault[];
  clear(): void;
}

export function createFaultList(): FaultList {
  let waiting: { pattern: string; fault: Fault; left: number }[] = [];
  return {
    add(pattern, fault, times) {
      waiting.push({ pattern, fault, left: times });
    },
    strike(method) {
      const struck = new Map<Fault['kind'], Fault>();
      for (const entry of waiting) {
        if (struck.has(entry.fault.kind) || !matches(entry.pattern, method)) continue;
        struck.set(entry.fault.kind, entry.fault);
        entry.left -= 1;
      }
      waiting = waiting.filter((entry) => entry.left > 0);
      return [...struck.values()];
    },
    clear() {
      waiting = [];
    },
  };
}

/** A method's name, a family such as `chat.*`, or `*` for all. */
function matches(pattern: string, method: string): boolean {
  return pattern === '*' || pattern === method || (pattern.endsWith('.*') && method.startsWith(pattern.slice(0, -1)));
}
