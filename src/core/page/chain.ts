import type { RoleId } from '../brand.ts';
import type { Medium } from '../contact/schema.ts';
import { parseDuration } from '../duration.ts';
import { commandersOf } from '../settings.ts';
import type { Settings } from '../settings.ts';

/** Whom a page is for, or whom a stage calls: holders of roles, and contacts by name. */
export type PageTo = { readonly roles: readonly RoleId[]; readonly contacts: readonly string[] };

/** One rung as it was when the page began; `to` is null for the next of whom the page is for, `by` is null for all media. */
export type PinnedRung = { readonly to: PageTo | null; readonly by: readonly Medium[] | null; readonly waitMs: number };

/** How a page escalates, as configured when it began. */
export type PinnedChain = {
  readonly rungs: readonly PinnedRung[];
  readonly rounds: number;
  /** Who is called together once all rounds were silent. */
  readonly everybody: PageTo;
  /** How often everybody is reminded once nobody has answered, and for how long. */
  readonly remindMs: number;
  readonly remindForMs: number;
};

/** One stage of a page, counted from 0 over all rounds. */
export type Plan =
  | { readonly kind: 'rung'; readonly round: number; readonly rung: PinnedRung; readonly position: number; readonly ends: 'round' | null }
  | { readonly kind: 'everybody' | 'reminder'; readonly to: PageTo; readonly waitMs: number };

const REMIND_MS = 15 * 60_000;
const REMIND_FOR_MS = 24 * 60 * 60_000;
const USUAL_WAIT_MS = 5 * 60_000;
const USUAL_ROUNDS = 2;

/** The chain of the first role that a page is for: its own, the one called default, or the usual one. */
export function chainFor(
  settings: Pick<Settings, 'paging' | 'roles' | 'commanders' | 'start' | 'contacts'>,
  { roles }: PageTo,
): PinnedChain {
  const chains = settings.paging?.chains ?? {};
  const own = roles.flatMap((role) => (Object.hasOwn(settings.roles, role) ? [settings.roles[role]?.chain] : []));
  const name = own.find((each) => each !== undefined) ?? 'default';
  const chain = Object.hasOwn(chains, name) ? chains[name] : undefined;
  const commanders: PageTo = { roles: commandersOf(settings as Settings), contacts: [] };
  const rungs = chain?.stages.map(({ to, by, wait }) => ({
    to: to ? addressed(settings, to) : null,
    by: by ?? null,
    waitMs: parseDuration(wait) ?? USUAL_WAIT_MS,
  }));
  return {
    rungs: rungs ?? [usual(null), usual(null), usual(commanders)],
    rounds: chain?.rounds ?? USUAL_ROUNDS,
    everybody: chain?.everybody ? addressed(settings, chain.everybody) : commanders,
    remindMs: REMIND_MS,
    remindForMs: REMIND_FOR_MS,
  };
}

/** What stage `number` of a page is: after it was renewed its chain begins anew. */
export function stagePlan(
  page: { readonly chain: PinnedChain; readonly renewed: { readonly stage: number } | null },
  number: number,
): Plan {
  return planOf(page.chain, number - (page.renewed?.stage ?? 0));
}

/** What stage `number` of a chain is. */
export function planOf({ rungs, rounds, everybody }: PinnedChain, number: number): Plan {
  const all = rungs.length * rounds;
  const waitMs = rungs.at(-1)?.waitMs ?? USUAL_WAIT_MS;
  if (number >= all) return { kind: number === all ? 'everybody' : 'reminder', to: everybody, waitMs };
  const index = number % rungs.length;
  const rung = rungs[index] ?? usual(null);
  const position = rungs.slice(0, index).filter(({ to }) => to === null).length;
  return { kind: 'rung', round: Math.floor(number / rungs.length) + 1, rung, position, ends: index === rungs.length - 1 ? 'round' : null };
}

/** Tells roles from contacts; where both have the name, the role is meant. */
export function addressed({ roles, contacts = {} }: Pick<Settings, 'roles' | 'contacts'>, names: readonly string[]): PageTo {
  return {
    roles: names.filter((name) => Object.hasOwn(roles, name)).map((name) => name as RoleId),
    contacts: names.filter((name) => !Object.hasOwn(roles, name) && Object.hasOwn(contacts, name)),
  };
}

function usual(to: PageTo | null): PinnedRung {
  return { to, by: null, waitMs: USUAL_WAIT_MS };
}
