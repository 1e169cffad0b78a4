import type { Catalog } from '../core/ports.ts';

/** A procedure on a target on which it may run. */
type Orderable = { readonly procedure: string; readonly target: string; readonly needs: readonly string[] };

/** Everything that could be started, wherever it may run. */
export function orderablesOf(catalog: Pick<Catalog, 'procedures' | 'settings'>): readonly Orderable[] {
  return Object.entries(catalog.settings().targets).flatMap(([target, { procedures: only }]) =>
    catalog
      .procedures()
      .filter(({ id }) => only === undefined || only.includes(id))
      .map(({ id, procedure: { needs = [] } }) => ({ procedure: id, target, needs })),
  );
}
