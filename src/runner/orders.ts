import type { Digest, RoleId } from '../core/brand.ts';
import type { Place } from '../core/component/place.ts';
import type { Paging } from '../core/contact/schema.ts';
import { toldOn } from '../core/contact/told.ts';
import type { ComponentState } from '../core/component/state.ts';
import { parseDuration } from '../core/duration.ts';
import { pinFollowUp } from '../core/followup/schema.ts';
import { digestOf } from '../core/digest.ts';
import type { Params, PinnedProcedure, PinnedTarget, RunPages } from '../core/incident/event.ts';
import { refuse } from '../core/incident/refusal.ts';
import { sharedRoles } from '../core/incident/find.ts';
import { orList } from '../core/incident/decide-approval.ts';
import { lastGoodsOf, resolveParams, resolveTarget, nearest } from '../core/procedure/order.ts';
import type { NamedTarget } from '../core/procedure/order.ts';
import { withParams } from '../core/procedure/plan.ts';
import type { Catalog, CatalogEntry, OrderMistake, StartOrder } from '../core/ports.ts';
import { commandersOf, startersOf } from '../core/settings.ts';
import type { Settings } from '../core/settings.ts';

/** An order that can be carried out: everything it needs, as it is now. */
export type Pinned = {
  readonly procedure: PinnedProcedure;
  readonly target: PinnedTarget;
  readonly params: Params;
  /** Of parameters that stood for the last good version: why it is that one. */
  readonly why: Params;
  readonly mayStart: readonly RoleId[];
  readonly deciders: readonly RoleId[];
  /** Left out where rollbot.yml does not say how people are reached. */
  readonly pages?: RunPages;
};

/** What is known of what runs on a target. */
export type KnownAt = (place: Place) => ComponentState;

/** Checks an order against the catalog and pins what it would run; all mistakes at once. */
export function pin(
  catalog: Catalog,
  order: StartOrder,
  known: KnownAt = () => ({ status: 'none' }),
): Pinned | { readonly mistakes: readonly OrderMistake[] } {
  const entry = catalog.procedure(order.procedure);
  if (!entry) return { mistakes: [unknownProcedure(catalog, order.procedure)] };
  const settings = catalog.settings();
  const mayStart = startersOf(settings, entry.id);
  const role = whoMayNot(order, mayStart);
  const target = resolveTarget(settings, entry.id, order.target);
  if ('mistake' in target) return { mistakes: [...role, target.mistake] };
  const resolved = resolveParams(entry.procedure, target, order.params, (deployable) => known({ target: target.name, deployable }));
  if ('mistakes' in resolved) return { mistakes: [...role, ...resolved.mistakes] };
  if (role.length > 0) return { mistakes: role };
  const { params, why } = resolved;
  return {
    procedure: pinProcedure(entry, params),
    target: pinTarget(catalog, target),
    params,
    why,
    mayStart,
    deciders: [...new Set([...commandersOf(settings), ...mayStart])],
    ...(settings.paging && { pages: pagesOf(entry, order, settings, settings.paging) }),
  };
}

const APPROVAL_AFTER_MS = 5 * 60_000;

/** Whoever starts it need not be told that it has begun, and nor need those who hold the same role. */
function pagesOf({ id, procedure }: CatalogEntry, { by, roles }: StartOrder, settings: Settings, paging: Paging): RunPages {
  const told = toldOn(settings, { on: 'run-started', procedure: id });
  const all = [...new Set([...(procedure.page ?? []).map((role) => role as RoleId), ...told.map(({ role }) => role)])];
  const texts = Object.fromEntries(told.map(({ role, text }) => [role, text]));
  return {
    told: by.kind === 'person' ? all.filter((role) => !roles.includes(role)) : all,
    approvalAfterMs: parseDuration(paging['approval-after'] ?? '') ?? APPROVAL_AFTER_MS,
    ...(told.length > 0 && { texts }),
  };
}

/** Where an order needs to know what runs, before it can be pinned. */
export function placesToLookAt(catalog: Catalog, order: Pick<StartOrder, 'procedure' | 'target' | 'params'>): readonly Place[] {
  const entry = catalog.procedure(order.procedure);
  const target = entry && resolveTarget(catalog.settings(), entry.id, order.target);
  if (!target || 'mistake' in target) return [];
  return lastGoodsOf(entry.procedure, order.params).map((deployable) => ({ target: target.name, deployable }));
}

function whoMayNot(order: StartOrder, mayStart: readonly RoleId[]): readonly OrderMistake[] {
  if (sharedRoles(order.roles, mayStart).length > 0) return [];
  const needs = mayStart.length === 0 ? 'rollbot.yml lets nobody start it.' : `It needs ${orList(mayStart)}.`;
  return [{ part: 'role', name: null, says: refuse('may-not-start', needs).says }];
}

function unknownProcedure(catalog: Catalog, name: string): OrderMistake {
  const ids = catalog.procedures().map((entry) => entry.id);
  const broken = catalog.mistakes().find((mistake) => mistake.file.endsWith(`/${name}.yml`));
  const why = broken
    ? `${name}.yml has a mistake: ${broken.file}:${broken.line}:${broken.column}: ${broken.says}`
    : `There is no procedure "${name}".`;
  const near = nearest(name, ids);
  const hint = near.length > 0 ? `Did you mean ${orList(near)}?` : `There are ${ids.join(', ')}.`;
  return { part: 'procedure', name, says: broken ? why : `${why} ${hint}` };
}

function pinProcedure(entry: CatalogEntry, params: Params): PinnedProcedure {
  const { title, component, estimate, locks } = entry.procedure;
  const followUps = (entry.procedure['follow-ups'] ?? []).map(pinFollowUp);
  const steps = withParams(entry.steps, params);
  return { id: entry.id, title, component, hash: entry.hash, locks, steps, followUps, ...(estimate !== undefined && { estimate }) };
}

/** The target of this name as it is now; null where there is none. */
export function pinTargetNamed(catalog: Catalog, name: string): PinnedTarget | null {
  const { targets } = catalog.settings();
  const target = Object.hasOwn(targets, name) ? targets[name] : undefined;
  return target ? pinTarget(catalog, { name, target }) : null;
}

/** A target as it is now: nothing that is written down later changes what it is for who has it. */
export function pinTarget(catalog: Catalog, { name, target }: NamedTarget): PinnedTarget {
  const vars = Object.fromEntries(Object.entries(target.vars ?? {}).map(([key, value]) => [key, String(value)]));
  const secretSources = target.secrets ?? {};
  const { shared } = catalog.settings();
  return {
    name,
    protected: target.protected ?? false,
    vars,
    secrets: Object.keys(secretSources),
    secretSources,
    env: target.env ?? {},
    ...(shared && { shared }),
    hash: catalog.targetHash(name) ?? (digestOf(target) satisfies Digest),
  };
}
