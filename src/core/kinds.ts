import { ALERT } from './alert/kind.ts';
import type { StreamId } from './brand.ts';
import { CHECKUP } from './checkup/kind.ts';
import { CALENDAR } from './calendar/kind.ts';
import { COMPONENT } from './component/kind.ts';
import { DRILL } from './drill/kind.ts';
import { FOLLOW_UP } from './followup/kind.ts';
import { INCIDENT } from './incident/kind.ts';
import { PAGE } from './page/kind.ts';
import { STORM } from './storm/kind.ts';
import type { StreamKind } from './stream-kind.ts';
import { TRIGGER } from './trigger/kind.ts';
import { VENDOR } from './vendor/kind.ts';

/** Every kind of stream, by what its ids begin with. A new kind is a folder beside these and a line here. */
const ALL = {
  incident: INCIDENT,
  component: COMPONENT,
  alert: ALERT,
  storm: STORM,
  trigger: TRIGGER,
  calendar: CALENDAR,
  drill: DRILL,
  page: PAGE,
  followup: FOLLOW_UP,
  checkup: CHECKUP,
  vendor: VENDOR,
};

export type Kind = keyof typeof ALL;
/** What states, facts, commands and refusals of each kind look like. */
export type Kinds = { readonly [K in Kind]: PartsOf<(typeof ALL)[K]> };
type PartsOf<Rules> =
  Rules extends StreamKind<infer State, infer Fact, infer Command, infer Refusal>
    ? { readonly state: State; readonly fact: Fact; readonly command: Command; readonly refusal: Refusal }
    : never;

/** The rules of each kind. */
export const KINDS: { readonly [K in Kind]: RulesOf<K> } = ALL;
export type RulesOf<K extends Kind> = StreamKind<Kinds[K]['state'], Kinds[K]['fact'], Kinds[K]['command'], Kinds[K]['refusal']>;

/** Commands to one stream, each decided in the state that those before it have made. */
export type Change<K extends Kind = Kind> = { readonly stream: StreamId<K>; readonly commands: readonly Kinds[K]['command'][] };
/** One of whatever kind, whose commands are those of its stream's kind. */
export type AnyChange = { readonly [K in Kind]: Change<K> }[Kind];

/** The kind of a stream, by its id. */
export function kindOf<K extends Kind>(stream: StreamId<K>): K {
  return prefixOf(stream) as K;
}

/** Tells the streams of one kind from all others, also from those of a kind that this version does not know. */
export function isOfKind<K extends Kind>(stream: StreamId<string>, kind: K): stream is StreamId<K> {
  return prefixOf(stream) === kind;
}

/** What stands before the first slash of a stream's id. */
export function prefixOf(stream: StreamId<string>): string {
  return stream.slice(0, stream.indexOf('/'));
}
