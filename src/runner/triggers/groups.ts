import { rulesFor } from '../../core/alert/routes.ts';
import type { StreamId } from '../../core/brand.ts';
import { JournalBroken } from '../../core/journal-broken.ts';
import type { Catalog, Store } from '../../core/ports.ts';
import type { PinnedRule } from '../../core/trigger/rule.ts';

export type GroupParts = { readonly store: Pick<Store, 'streams' | 'load'>; readonly catalog: Pick<Catalog, 'settings'> };

/** The groups of alerts that fire now and speak for a rule: what is started for the rule is started for them. */
export async function groupsFor({ store, catalog }: GroupParts, { name, target }: PinnedRule): Promise<readonly StreamId<'alert'>[]> {
  const settings = catalog.settings();
  if (!(settings.alerts?.routes ?? []).some((route) => route.target === target && route.triggers?.includes(name))) return [];
  const found: StreamId<'alert'>[] = [];
  for (const stream of await store.streams({ kind: 'alert' })) {
    const group = await groupIn(store, stream);
    if (group?.status !== 'open') continue;
    if (rulesFor(settings, group.source, group.alerts).some((rule) => rule.target === target && rule.name === name)) found.push(stream);
  }
  return found;
}

/** A group whose journal is broken keeps nothing from being started. */
async function groupIn(store: GroupParts['store'], stream: StreamId<'alert'>) {
  try {
    const { state, readOnly } = await store.load(stream);
    return readOnly === null ? state : null;
  } catch (error) {
    if (error instanceof JournalBroken) return null;
    throw error;
  }
}
