import { JournalBroken } from '../../core/journal-broken.ts';
import type { Catalog, Log, Store } from '../../core/ports.ts';
import type { GoneWhy } from '../../core/trigger/event.ts';
import { metricsOf } from '../../core/trigger/needs.ts';
import { rulesOf, streamOf } from '../../core/trigger/rule.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';
import { watchOf } from '../../core/trigger/state.ts';
import type { Journal } from '../journal.ts';

export type GoneParts = {
  readonly catalog: Pick<Catalog, 'settings'>;
  readonly store: Pick<Store, 'streams'>;
  readonly journal: Pick<Journal, 'apply' | 'load'>;
  readonly log: Log;
};

/** Ends the watches that no reading will ever end, because `rollbot.yml` has their rule no more, or what they read. */
export async function endGone({ catalog, store, journal, log }: GoneParts): Promise<void> {
  const rules = new Map(rulesOf(catalog.settings()).map((rule) => [streamOf(rule), rule]));
  for (const stream of await store.streams({ kind: 'trigger' })) {
    try {
      const watch = watchOf((await journal.load(stream)).state);
      const why = watch && whyGone(watch.rule, rules.get(stream));
      if (why) await journal.apply(stream, { kind: 'note-gone', why });
    } catch (error) {
      if (!(error instanceof JournalBroken)) throw error;
      log.error({ stream, says: error.message }, 'a journal is broken, and its watch is left alone');
    }
  }
}

/** A watch goes on by the rule that it began with, for as long as that is read. */
function whyGone({ when }: PinnedRule, now: PinnedRule | undefined): GoneWhy | null {
  if (!now || (when.kind === 'event') !== (now.when.kind === 'event')) return 'rule-gone';
  if (when.kind === 'event' || now.when.kind === 'event') return null;
  const read = metricsOf(now.when);
  return metricsOf(when).every((metric) => read.includes(metric)) ? null : 'metric-gone';
}
