import type { Ids } from '../state/ids.ts';
import type { View } from '../state/model.ts';

/** Who did something that a modal may answer, and in which view. */
interface Trigger {
  user: string;
  view: View | null;
}

/** Hands out trigger_ids: each opens one modal, within real milliseconds of what the person did. */
export interface Triggers {
  issue(user: string, view: View | null): string;
  spend(id: string): ({ ok: true } & Trigger) | { ok: false; error: string };
}

export function createTriggers(ids: Ids, lifetimeMs: number): Triggers {
  const issued = new Map<string, Trigger & { until: number; spent: boolean }>();
  return {
    issue(user, view) {
      const id = `${1_000_000 + ids.step()}.${1_000_000 + ids.below(9_000_000)}.${ids.hex(32)}`;
      issued.set(id, { user, view, until: performance.now() + lifetimeMs, spent: false });
      return id;
    },
    spend(id) {
      const trigger = issued.get(id);
      if (!trigger) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.spent) return { ok: false, error: 'exchanged_trigger_id' };
      if (performance.now() > trigger.until) return { ok: false, error: 'expired_trigger_id' };
      trigger.spent = true;
      return { ok: true, user: trigger.user, view: trigger.view };
    },
  };
}
