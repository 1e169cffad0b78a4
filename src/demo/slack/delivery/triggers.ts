import type { Patience } from '../clock.ts';
import type { Ids } from '../state/ids.ts';
import type { View } from '../state/model.ts';

/** Who did something that a modal may answer, and in which view. */
interface Trigger {
  user: string;
  view: View | null;
}

type Issued = Trigger & { state: 'good' | 'spent' | 'expired' };

/** Hands out trigger_ids: each opens one modal, as long as patience lasts after what the person did. */
export interface Triggers {
  issue(user: string, view: View | null): string;
  spend(id: string): ({ ok: true } & Trigger) | { ok: false; error: string };
}

export function createTriggers(ids: Ids, patience: Patience, lifetimeMs: number): Triggers {
  const issued = new Map<string, Issued>();
  return {
    issue(user, view) {
      const id = `${1_000_000 + ids.step()}.${1_000_000 + ids.below(9_000_000)}.${ids.hex(32)}`;
      const trigger: Issued = { user, view, state: 'good' };
      issued.set(id, trigger);
      patience(lifetimeMs, () => {
        if (trigger.state === 'good') trigger.state = 'expired';
      });
      return id;
    },
    spend(id) {
      const trigger = issued.get(id);
      if (!trigger) return { ok: false, error: 'invalid_trigger_id' };
      if (trigger.state === 'spent') return { ok: false, error: 'exchanged_trigger_id' };
      if (trigger.state === 'expired') return { ok: false, error: 'expired_trigger_id' };
      trigger.state = 'spent';
      return { ok: true, user: trigger.user, view: trigger.view };
    },
  };
}
