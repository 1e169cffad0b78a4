import type { Instant, RoleId } from '../brand.ts';
import { readLength, readMoment } from '../moment-text.ts';
import { didYouMean, sayList } from '../procedure/nearest.ts';
import type { Settings } from '../settings.ts';
import { rotationOf } from './reachable.ts';

/** What somebody asks with `/oncall …`. */
export type OnCallAsk =
  | { readonly kind: 'all' | 'help' }
  | { readonly kind: 'one'; readonly role: RoleId }
  | { readonly kind: 'form'; readonly role: RoleId | null }
  | { readonly kind: 'override'; readonly role: RoleId; readonly who: string; readonly from: Instant; readonly to: Instant }
  /** The only one that there is, where its id is left out. */
  | { readonly kind: 'cancel'; readonly role: RoleId; readonly override: string | null };

type Known = { readonly settings: Pick<Settings, 'roles' | 'rotations'>; readonly now: Instant };

const OVERRIDE =
  'Write it as `/oncall override <role> <who> [from <when>] to <when>`, or `for 4h` instead of `to`; `/oncall override` opens a form.';

/** Reads what stands behind `/oncall`; `now` is when it was typed. */
export function parseOnCallText(text: string, known: Known): OnCallAsk | { readonly mistake: string } {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const [first = '', ...rest] = words;
  switch (first.toLowerCase()) {
    case '':
      return { kind: 'all' };
    case 'help':
    case '?':
      return { kind: 'help' };
    case 'override':
      return override(rest, known);
    case 'cancel':
      return cancel(rest, known);
    default:
      return rest.length > 0
        ? { mistake: `There is no \`/oncall ${first}\` with more behind it. \`/oncall help\` says what there is.` }
        : roleAsked(first, known);
  }
}

/** The override that is to be cancelled: where there is only one, it needs no name. */
export function overrideMeant(
  { role, override: named }: Extract<OnCallAsk, { kind: 'cancel' }>,
  overrides: readonly { readonly id: string }[],
): { readonly override: string } | { readonly mistake: string } {
  const [only, ...more] = overrides;
  if (named === null && more.length > 0)
    return {
      mistake: `There are ${overrides.length}: say which with \`/oncall cancel ${role} <override>\`. \`/oncall ${role}\` lists them.`,
    };
  return { override: named ?? only?.id ?? '' };
}

function roleAsked(name: string, { settings }: Known): OnCallAsk | { readonly mistake: string } {
  const role = roleIn(name, settings);
  return typeof role === 'string' ? { kind: 'one', role } : role;
}

function override([name, ...rest]: readonly string[], { settings, now }: Known): OnCallAsk | { readonly mistake: string } {
  if (name === undefined) return { kind: 'form', role: null };
  const role = roleIn(name, settings);
  if (typeof role !== 'string') return role;
  if (rest.length === 0) return { kind: 'form', role };
  const parts = cut(rest);
  if (parts === null) return { mistake: OVERRIDE };
  const zone = rotationOf(settings, role)?.rotation.zone ?? 'UTC';
  const from = parts.from === undefined ? now : readMoment(parts.from, { zone, now });
  if (typeof from !== 'number') return from;
  const to = parts.to === undefined ? plus(from, parts.for ?? '') : readMoment(parts.to, { zone, now, after: from });
  return typeof to === 'number' ? { kind: 'override', role, who: parts.who, from, to } : to;
}

function cancel([name, id, ...more]: readonly string[], { settings }: Known): OnCallAsk | { readonly mistake: string } {
  if (name === undefined || more.length > 0)
    return { mistake: 'Write it as `/oncall cancel <role> [<override>]`; `/oncall <role>` lists its overrides.' };
  const role = roleIn(name, settings);
  return typeof role === 'string' ? { kind: 'cancel', role, override: id ?? null } : role;
}

function roleIn(name: string, { roles }: Known['settings']): RoleId | { readonly mistake: string } {
  const known = Object.keys(roles);
  const found = known.find((role) => role === name.toLowerCase());
  if (found !== undefined) return found as RoleId;
  return {
    mistake: `There is no role "${name}".${didYouMean(name, [...known, 'override', 'cancel'])} The roles are ${sayList(known, 'and')}.`,
  };
}

type Parts = { readonly who: string; readonly from?: string; readonly to?: string; readonly for?: string };
const PLACES = ['from', 'to', 'for'] as const;

/** Cuts at `from`, `to` and `for`; null where something is missing, stands there twice, or says the end in two ways. */
function cut(words: readonly string[]): Parts | null {
  const places = PLACES.map((word) => ({ word, at: words.findIndex((each) => each.toLowerCase() === word) })).filter(({ at }) => at >= 0);
  const inOrder = places.toSorted((a, b) => a.at - b.at);
  const who = words.slice(0, inOrder[0]?.at ?? 0).join(' ');
  const parts = inOrder.map(({ word, at }, index) => [word, words.slice(at + 1, inOrder[index + 1]?.at).join(' ')] as const);
  const named = { ...Object.fromEntries(parts), who } as Parts;
  const isWhole = who !== '' && (named.to === undefined) !== (named.for === undefined) && parts.every(([, text]) => text !== '');
  return isWhole ? named : null;
}

function plus(from: Instant, text: string): Instant | { readonly mistake: string } {
  const ms = readLength(text);
  return typeof ms === 'number' ? ((from + ms) as Instant) : ms;
}
